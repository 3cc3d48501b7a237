"""Downloads jars from Maven Central, each with its checksum: `fetch_jars.py LIST FOLDER`."""

import hashlib
import shutil
import sys
from pathlib import Path
from urllib.request import urlopen

MAVEN = "https://repo1.maven.org/maven2"


def fetch(path: str, sha256: str, folder: Path) -> None:
    """Download one jar into the folder, or raise if it is not the one that was listed."""
    target = folder / path.rsplit("/", 1)[1]
    with urlopen(f"{MAVEN}/{path}", timeout=60) as response, target.open("wb") as file:  # noqa: S310 (https)
        shutil.copyfileobj(response, file)
    with target.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        message = f"{path} has the checksum {found}, not {sha256}"
        raise ValueError(message)


def main() -> None:
    """Fetch what the list names: a checksum and a path on each line."""
    listed, target = map(Path, sys.argv[1:])
    target.mkdir(parents=True, exist_ok=True)
    for line in listed.read_text(encoding="utf-8").splitlines():
        sha256, path = line.split()
        fetch(path, sha256, target)


if __name__ == "__main__":
    main()
