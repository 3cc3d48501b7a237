"""How far each dataset has been written: one small file per dataset, written by its program alone.

No table holds them all: on S3, of two programs that commit to one table at the same moment, one
may be lost.
"""

import json
from datetime import datetime
from pathlib import Path

import fsspec

from lakehouse import Interval, NotReady, instant


def mark(marks: str, dataset: str) -> datetime | None:
    """Return up to which instant a dataset has been written, or None before its first interval."""
    files, file = fsspec.url_to_fs(mark_file(marks, dataset))
    if not files.exists(file):
        return None
    return instant(json.loads(files.cat_file(file))["interval_end"])


def require_mark(marks: str, dataset: str, interval: Interval) -> dict[str, object]:
    """Stop unless a dataset has been written up to the interval's end."""
    reached = mark(marks, dataset)
    if reached is None or reached < interval.end:
        raise NotReady(f"{dataset} has been written up to {reached}, wanted: {interval.end}")
    return {"rows": {}, "mark": reached.isoformat()}


def set_mark(marks: str, dataset: str, interval: Interval) -> None:
    """Note that a dataset has been written up to the interval's end; a mark never goes back."""
    reached = mark(marks, dataset)
    if reached is not None and reached >= interval.end:
        return
    content = json.dumps({"dataset": dataset, "interval_end": interval.end.isoformat()})
    path = mark_file(marks, dataset)
    if "://" in path:
        files, file = fsspec.url_to_fs(path)
        files.pipe_file(file, f"{content}\n".encode())
        return
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = target.with_suffix(".part")
    staged.write_text(f"{content}\n", encoding="utf-8")
    staged.replace(target)


def mark_file(marks: str, dataset: str) -> str:
    """Return the path of a dataset's mark."""
    return f"{marks}/{dataset}.json".replace("s3a://", "s3://", 1)
