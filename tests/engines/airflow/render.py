"""Render texts as Airflow does, and give shell words to a real shell: what comes out must be what went in.

Reads `[[template, shell template, value], …]` from standard input; prints what differs.
"""

import json
import subprocess
import sys

from jinja2.sandbox import SandboxedEnvironment


def main() -> None:
    """Render everything."""
    environment = SandboxedEnvironment(cache_size=0)
    differences = []
    words: list[tuple[str, str]] = []
    for template, shell, value in json.load(sys.stdin):
        rendered = environment.from_string(template).render()
        if rendered != value:
            differences.append(f"{template!r} is {rendered!r}, not {value!r}")
        # A command has no place for these.
        if not any(character == "\0" or "\ud800" <= character <= "\udfff" for character in value):
            words.append((environment.from_string(shell).render(), value))
    script = "printf '%s\\0' " + " ".join(word for word, _ in words)
    printed = subprocess.run(
        ["/bin/bash"], input=script.encode(), capture_output=True, check=True
    ).stdout
    got = printed.decode().split("\0")[:-1]
    differences += [
        f"the shell reads {word!r} as {read!r}, not {value!r}"
        for (word, value), read in zip(words, got, strict=True)
        if read != value
    ]
    print(json.dumps({"words": len(words), "differences": differences[:20]}))


if __name__ == "__main__":
    main()
