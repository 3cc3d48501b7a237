"""Files and Delta tables, in a local folder or an object store.

Paths are plain (`lake/models`) or carry a scheme (`s3a://bucket/lake`, as Spark writes
it; here it becomes `s3://`). Credentials come from the environment.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fsspec

if TYPE_CHECKING:
    import pyarrow as pa


def location(path: str) -> str:
    """Return the path as the Python libraries write it."""
    return re.sub(r"^s3[an]://", "s3://", path)


def join(folder: str, *names: str) -> str:
    """Append names to a folder."""
    return "/".join((folder.rstrip("/"), *names))


def is_remote(path: str) -> bool:
    """Tell whether the path is in an object store."""
    return "://" in location(path)


def filesystem(path: str) -> tuple[Any, str]:
    """Return the file system of a path, and the path within it."""
    return fsspec.core.url_to_fs(location(path))


def exists(path: str) -> bool:
    """Tell whether there is a file, now: other programs make and replace files."""
    files, name = filesystem(path)
    files.invalidate_cache()
    return bool(files.exists(name))


def read_bytes(path: str) -> bytes:
    """Read a whole file as it is now, in one request."""
    files, name = filesystem(path)
    return bytes(files.cat_file(name))


def download(path: str, target: Path) -> None:
    """Copy a file to this machine piece by piece: it may be larger than the memory."""
    files, name = filesystem(path)
    files.get_file(name, str(target))


def write_bytes(path: str, content: bytes) -> None:
    """Replace a file: readers see the old one or the new one, nothing between."""
    if is_remote(path):
        files, name = filesystem(path)
        files.pipe_file(name, content)
        return
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = target.with_name(f".{target.name}.{os.getpid()}")
    staged.write_bytes(content)
    staged.replace(target)


def remove(path: str) -> None:
    """Remove a file, if there is one."""
    files, name = filesystem(path)
    if files.exists(name):
        files.rm_file(name)


def stamp(path: str) -> str | None:
    """Return a text that changes when the file does; None without a file."""
    if not is_remote(path):
        try:
            status = Path(path).stat()
        except FileNotFoundError:
            return None
        return f"{status.st_ino}-{status.st_mtime_ns}-{status.st_size}"
    files, name = filesystem(path)
    files.invalidate_cache()
    try:
        info = files.info(name)
    except FileNotFoundError:
        return None
    parts = (info.get(key) for key in ("ETag", "etag", "LastModified", "mtime", "size"))
    return "-".join(str(part) for part in parts if part is not None)


@dataclass(frozen=True)
class Snapshot:
    """The rows of a Delta table at one of its versions."""

    rows: pa.Table
    version: int


def column_names(path: str, version: int | None = None) -> Sequence[str]:
    """The names of a Delta table's columns."""
    from deltalake import DeltaTable  # noqa: PLC0415 (not needed where models are served)

    return [field.name for field in DeltaTable(location(path), version=version).schema().fields]


@dataclass(frozen=True)
class Between:
    """The rows with start <= column < end; without an end, all from the start on."""

    column: str
    start: datetime
    end: datetime | None = None

    def sql(self) -> str:
        """The condition in SQL."""
        name = _quoted(self.column)
        first = f"{name} >= {_sql(self.start)}"
        return first if self.end is None else f"{first} AND {name} < {_sql(self.end)}"


def read_table(
    path: str,
    columns: Sequence[str] | None = None,
    within: Between | None = None,
    version: int | None = None,
) -> Snapshot:
    """Read a Delta table, at its newest version unless one is named.

    Files that hold none of the rows, by what the table knows of them, are not opened.
    """
    import pyarrow as pa  # noqa: PLC0415 (not needed where models are served)
    from deltalake import DeltaTable, QueryBuilder  # noqa: PLC0415

    table = DeltaTable(location(path), version=version)
    schema = pa.schema(table.schema().to_arrow())
    wanted = schema.names if columns is None else list(dict.fromkeys(columns))
    query = f"SELECT {', '.join(map(_quoted, wanted))} FROM t"  # noqa: S608 (names are quoted)
    if within is not None:
        query += f" WHERE {within.sql()}"
    # Not by `to_pyarrow_table`: its threads now and then abort the process when it ends.
    rows = pa.table(QueryBuilder().register("t", table).execute(query).read_all())
    return Snapshot(rows.cast(pa.schema([schema.field(name) for name in wanted])), table.version())


def replace_interval(path: str, rows: pa.Table, column: str, start: datetime, end: datetime) -> int:
    """Replace the rows with start <= column < end by `rows`; return the new version.

    The replacement is one commit: a run that is repeated leaves the same rows.
    """
    from deltalake import DeltaTable, write_deltalake  # noqa: PLC0415

    target = location(path)
    if not DeltaTable.is_deltatable(target):
        write_deltalake(target, rows, mode="error")
    else:
        within = Between(column, start, end)
        write_deltalake(target, rows, mode="overwrite", predicate=within.sql())
    return DeltaTable(target).version()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _sql(moment: datetime) -> str:
    text = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
    return f"arrow_cast('{text}Z', 'Timestamp(Microsecond, Some(\"UTC\"))')"
