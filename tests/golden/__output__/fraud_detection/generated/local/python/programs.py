"""What all programs share: their arguments, exit codes and the summary line.

Logs go to stderr. The last line on stdout is one JSON object that says what was done.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

DONE = 0
FAILED = 1
GATE_NOT_PASSED = 4
NOT_READY = 75

log = logging.getLogger("program")


@dataclass(frozen=True)
class Interval:
    """The stretch of event time that a run is about: start <= t < end."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Result:
    """What a run did."""

    summary: dict[str, Any]
    exit_code: int = DONE


def instant(text: str) -> datetime:
    """Read an ISO-8601 instant that names its offset; the answer is in UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} is not an ISO-8601 instant"
        raise argparse.ArgumentTypeError(message) from error
    if moment.tzinfo is None:
        message = f"{text!r} names no offset: write 2026-01-01T00:00:00Z"
        raise argparse.ArgumentTypeError(message)
    return moment.astimezone(UTC)


def parse_interval(description: str, argv: Sequence[str]) -> Interval:
    """Read --interval-start and --interval-end; usage errors exit with 2."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--interval-start", type=instant, required=True)
    parser.add_argument("--interval-end", type=instant, required=True)
    arguments = parser.parse_args(argv)
    interval = Interval(arguments.interval_start, arguments.interval_end)
    if interval.start >= interval.end:
        parser.error("--interval-start must be before --interval-end")
    return interval


def run(name: str, description: str, work: Callable[[Interval], Result]) -> int:
    """Run `work` for the interval on the command line; return the exit code."""
    logging.basicConfig(
        level=logging.INFO,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    interval = parse_interval(description, sys.argv[1:])
    try:
        result = work(interval)
    except Exception:
        log.exception("%s failed", name)
        return FAILED
    print(json.dumps({"program": name, **result.summary}, default=str), flush=True)
    return result.exit_code
