"""Fetches jars with Spark's own resolver and checks them: `fetch_jars.py LIST FOLDER`.

Each line of the list has a sha256 sum and the path of a jar in a Maven repository.
"""

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path, PurePosixPath

from pyspark.sql import SparkSession


def resolve(paths: list[PurePosixPath], cache: str) -> None:
    """Let Spark put the jars, and what they depend on, into the cache."""
    coordinates = [
        f"{'.'.join(path.parts[:-3])}:{path.parts[-3]}:{path.parts[-2]}" for path in paths
    ]
    builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.jars.ivy", cache)
    builder.config("spark.jars.packages", ",".join(coordinates)).getOrCreate().stop()


def take(path: PurePosixPath, sha256: str, cache: str, folder: Path) -> None:
    """Copy one jar from the cache, or raise if it is not the one that was listed."""
    found = Path(cache, "jars", f"{'.'.join(path.parts[:-3])}_{path.name}")
    with found.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != sha256:
        message = f"{path} has the checksum {digest}, not {sha256}"
        raise ValueError(message)
    shutil.copyfile(found, folder / path.name)


def main() -> None:
    """Fetch what the list names."""
    listed, folder = map(Path, sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    lines = [line.split() for line in listed.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as cache:
        resolve([PurePosixPath(path) for _, path in lines], cache)
        for sha256, path in lines:
            take(PurePosixPath(path), sha256, cache, folder)


if __name__ == "__main__":
    main()
