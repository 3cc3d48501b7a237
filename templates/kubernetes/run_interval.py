"""Runs a program for the interval that the CronJob's tick ends.

    run_interval.py --cron "0 2 * * *" --timezone UTC -- python3 program.py --until {end-0}

In the program's arguments `{start}` is the interval's start and `{end-N}` its end less N seconds; what begins
with `{=` is taken as it is. INTERVAL_START and INTERVAL_END in the environment name another interval.
A program that ends with 75 is not ready yet and is run again. One that ends with the code after --skip has
nothing to do: what comes after it goes on.
"""

import argparse
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

NOT_READY = 75
WAIT_SECONDS = 300
FIELDS = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)]
NAMES = {
    name: str(number)
    for names, first in (
        ("jan feb mar apr may jun jul aug sep oct nov dec", 1),
        ("sun mon tue wed thu fri sat", 0),
    )
    for number, name in enumerate(names.split(), first)
}


class Cron:
    """When a cron expression of five fields ticks."""

    def __init__(self, expression: str) -> None:
        """Read the expression."""
        fields = expression.lower().split()
        self.sets = [numbers(text, *span) for text, span in zip(fields, FIELDS, strict=True)]
        # A day matches by the month or by the week, unless one of them is left open.
        self.either = not fields[2].startswith("*") and not fields[4].startswith("*")

    def on_day(self, day: datetime) -> bool:
        """Whether there are ticks on the day."""
        _, _, days, months, weekdays = self.sets
        by_month = day.day in days
        by_week = day.isoweekday() in weekdays or (day.isoweekday() == 7 and 0 in weekdays)
        matches = (by_month or by_week) if self.either else (by_month and by_week)
        return day.month in months and matches

    def before(self, moment: datetime) -> datetime:
        """The last tick before the moment, in the moment's zone."""
        day = moment
        for _ in range(366 * 8):
            if self.on_day(day):
                ticks = [
                    day.replace(hour=hour, minute=minute, second=0, microsecond=0)
                    for hour in self.sets[1]
                    for minute in self.sets[0]
                ]
                earlier = [tick for tick in ticks if tick.timestamp() < moment.timestamp()]
                if earlier:
                    return max(earlier, key=datetime.timestamp)
            day -= timedelta(days=1)
        message = "the schedule never ticks"
        raise ValueError(message)


def numbers(text: str, low: int, high: int) -> set[int]:
    """The numbers that a field names: lists, ranges and steps of numbers."""
    found: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        start = low if first == "*" else int(NAMES.get(first, first))
        end = int(NAMES.get(last, last)) if last else high if first == "*" or step else start
        found.update(range(start, end + 1, int(step or 1)))
    return found


def interval(cron: Cron, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The interval that this run is about: up to its scheduled minute, from the tick before."""
    minutes = os.environ.get("JOB_NAME", "").rpartition("-")[2]
    if minutes.isdigit():
        end = datetime.fromtimestamp(int(minutes) * 60, zone)
    else:
        end = cron.before(datetime.now(zone) + timedelta(seconds=1))
    return cron.before(end), end


def instant(moment: datetime) -> str:
    """ISO 8601, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def filled(argument: str, start: datetime, end: datetime) -> str:
    """An argument with the interval filled in."""
    if argument == "{start}":
        return instant(start)
    if argument.startswith("{end-"):
        return instant(end - timedelta(seconds=int(argument[5:-1])))
    return argument.removeprefix("{=")


def main() -> int:
    """Run the program until it says anything but "not ready"."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cron", required=True)
    parser.add_argument("--timezone", default="UTC")
    parser.add_argument("--skip", type=int, metavar="CODE")
    parser.add_argument("program", nargs="+")
    arguments = parser.parse_args()
    start, end = interval(Cron(arguments.cron), ZoneInfo(arguments.timezone))
    if "INTERVAL_START" in os.environ:
        start = datetime.fromisoformat(os.environ["INTERVAL_START"])
    if "INTERVAL_END" in os.environ:
        end = datetime.fromisoformat(os.environ["INTERVAL_END"])
    command = [filled(argument, start, end) for argument in arguments.program]
    while True:
        code = subprocess.run(command, check=False).returncode  # noqa: S603 (what the CronJob says)
        if code == arguments.skip:
            return 0
        if code != NOT_READY:
            return code
        time.sleep(WAIT_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
