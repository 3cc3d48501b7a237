"""Secrets: values that only a program's environment knows, and that no output shows."""

import os
from dataclasses import dataclass

seen: set[str] = set()


class MissingSecret(LookupError):
    """A secret that a program needs is not in its environment."""


@dataclass(frozen=True)
class Secret:
    """A secret, by the environment variable that has it."""

    variable: str

    def value(self) -> str:
        """Return the value; from now on, `redacted` takes it out of texts."""
        value = os.environ.get(self.variable, "")
        if not value:
            raise MissingSecret(f"the environment variable {self.variable} is not set")
        seen.add(value)
        return value


def redacted(text: str) -> str:
    """Return a text without the secrets that were read."""
    for value in sorted(seen, key=len, reverse=True):
        text = text.replace(value, "***")
    return text
