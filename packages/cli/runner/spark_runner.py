"""Hosts one Spark session and runs emitted programs in it, as `mlspec run` asks on stdin.

Requests and answers are JSON, one a line. A program runs in a thread and a session of its own, so that
temporary views and settings are not shared; what it prints goes to its log.
"""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import threading
import traceback
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

answers = sys.stdout
answering = threading.Lock()
importing = threading.Lock()


class PerThread:
    """A stream that writes to the log of the thread's task."""

    def __init__(self, default: TextIO) -> None:
        self.default = default
        self.local = threading.local()

    def target(self) -> TextIO:
        """Find the current thread's log."""
        return getattr(self.local, "target", self.default)

    def write(self, text: str) -> int:
        """Write to the current thread's log."""
        return self.target().write(text)

    def flush(self) -> None:
        """Flush the current thread's log."""
        self.target().flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.target(), name)


output = PerThread(sys.stderr)
errors = PerThread(sys.stderr)


def answer(message: dict[str, Any]) -> None:
    """Send one answer."""
    with answering:
        answers.write(json.dumps(message, default=str) + "\n")
        answers.flush()


def load(path: str) -> Any:
    """Import an emitted program; shared modules beside it are imported once."""
    folder = str(Path(path).resolve().parent)
    with importing:
        if folder not in sys.path:
            sys.path.insert(0, folder)
        spec = importlib.util.spec_from_file_location(f"program_{Path(path).stem}", path)
        if spec is None or spec.loader is None:
            raise ImportError(path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    return module


def redacted(text: str) -> str:
    """Take secrets out of a text, as the emitted programs do; what failed before they were found has read none."""
    module = sys.modules.get("secret_values")
    return text if module is None else module.redacted(text)


def exit_code(error: BaseException) -> int:
    """Tell the exit code that the program itself would end with."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if "CheckFailed" in names:
        return 3
    return 75 if "NotReady" in names else 1


REMOTE = "Traceback (most recent call last):\n"
FRAME = re.compile(r'^ *File "(.+)", line (\d+)', re.MULTILINE)
CALLED = re.compile(r"was called from\n(.+):(\d+)$", re.MULTILINE)


def told(error: BaseException, programs: Path) -> str:
    """Say what went wrong, and in its first line where in the project's own code."""
    text = f"{type(error).__name__}: {error}"
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    # What is called for each row fails in a process of its own, and Spark tells how; an expression fails where Spark computes it.
    remote = text.rpartition(REMOTE)[2] if REMOTE in text else ""
    cause = next((line for line in remote.splitlines() if not line.startswith(" ")), "")
    place = own_place([*frames, *CALLED.findall(text), *FRAME.findall(remote)], programs)
    if place is None:
        return text
    first, _, rest = f"{cause}\n{text}".partition("\n") if cause else text.partition("\n")
    return f"{first} ({place})\n{rest}"


def own_place(frames: Sequence[tuple[str, int | str | None]], programs: Path) -> str | None:
    """Find the last place in the project that is not in an emitted program or an installed package."""
    root = Path.cwd().resolve()
    for file, line in reversed(frames):
        path = Path(file).resolve()
        inside = path.is_relative_to(root) and not path.is_relative_to(programs)
        if inside and path.is_file() and "site-packages" not in path.parts:
            return f"{path.relative_to(root).as_posix()}:{line}"
    return None


class Host:
    """The session that all programs share, started by the first of them."""

    def __init__(self) -> None:
        self.starting = threading.Lock()
        self.session: Any = None

    def fresh(self) -> Any:
        """Make a session for one program: same context, own views."""
        import lakehouse  # the emitted modules, beside the programs
        import settings

        with self.starting:
            if self.session is None:
                self.session = lakehouse.session("mlspec run", settings.SPARK)
            session = self.session.newSession()
            for key in self.session.conf.getAll:
                if key.startswith("spark.sql.") and session.conf.isModifiable(key):
                    session.conf.set(key, self.session.conf.get(key))
        return session

    def run(self, request: dict[str, Any]) -> None:
        """Run one program and answer with its exit code and summary."""
        with Path(request["log"]).open("a", encoding="utf-8") as log:
            output.local.target = errors.local.target = log
            try:
                module = load(request["path"])
                import lakehouse

                start, end = (
                    datetime.fromisoformat(request[bound]).astimezone(UTC) for bound in ("start", "end")
                )
                summary = module.run(self.fresh(), lakehouse.Interval(start, end))
                result = {"code": 0, "summary": summary}
            except BaseException as error:
                log.write(redacted(traceback.format_exc()))
                result = {"code": exit_code(error), "message": redacted(told(error, Path(request["path"]).resolve().parent))}
            finally:
                del output.local.target, errors.local.target
        answer({"id": request["id"], **result})


def newest(host: Host, request: dict[str, Any]) -> None:
    """Answer with the newest value of a timestamp column of files, in ISO-8601."""
    try:
        with importing:
            sys.path.insert(0, request["folder"])
        session = host.fresh()
        column = "`" + request["column"].replace("`", "``") + "`"
        row = raw(session, request).selectExpr(f"unix_micros(max(try_cast({column} AS timestamp))) AS t").first()
        answer({"id": request["id"], "code": 0, "summary": {"micros": row["t"]}})
    except Exception as error:
        answer({"id": request["id"], "code": 1, "message": redacted(f"{type(error).__name__}: {error}")})


def raw(session: Any, request: dict[str, Any]) -> Any:
    """Read what has the newest value: files, or the one row that a database or a history answers with."""
    if request["format"] in ("jdbc", "kafka"):
        import sources  # the emitted module

        source = next(each for each in vars(sources).values() if getattr(each, "name", None) == request["input"])
        if request["format"] == "jdbc":
            return source.database.newest(session, request["column"])
        return newest_message(session, source, request["column"])
    reader = session.read.format(request["format"])
    if request["format"] == "csv":
        reader = reader.option("header", "true")
    return reader.load(request["input"])


def newest_message(session: Any, source: Any, column: str) -> Any:
    """Take in what a topic has, and read the row with the newest value."""
    import history  # the emitted modules
    import settings

    history.drain(session, source.messages, settings.MARKS)
    return source.messages.newest(session, source.fields, column)


def main() -> None:
    """Serve requests until stdin ends."""
    host = Host()
    sys.stdout = output  # type: ignore[assignment]
    sys.stderr = errors  # type: ignore[assignment]
    with ThreadPoolExecutor(int(sys.argv[1])) as pool:
        for line in sys.stdin:
            request = json.loads(line)
            if request["op"] == "newest":
                pool.submit(newest, host, request)
            else:
                pool.submit(host.run, request)
    if host.session is not None:
        host.session.stop()


if __name__ == "__main__":
    main()
