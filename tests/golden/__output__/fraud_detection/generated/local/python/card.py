"""The model card as a page for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def card_markdown(card: Mapping[str, Any]) -> str:
    """The card in Markdown."""
    facts = {
        "Version": card["version"],
        "Task": card["task"],
        "Owner": card["owner"] or "not named",
        "Definition": card["definition"],
        "Interval": f"{card['interval']['start']} to {card['interval']['end']}",
        "Training data": f"{card['data']['path']}, Delta version {card['data']['delta_version']}",
        "Split": f"latest {card['split']['test']:.0%} by time, gap {card['split']['gap']}",
        "Label": card["label"],
    }
    lines = [f"# {_text(card['model'])}", "", _text(card["description"]), ""]
    lines += _table(("", ""), facts.items())
    lines += ["## Rows", "", *_table(("part", "rows"), card["rows"].items())]
    metrics = {
        name: "cannot be computed" if value is None else f"{value:.4f}"
        for name, value in card["metrics"].items()
    }
    lines += ["## Metrics on the test rows", "", *_table(("metric", "value"), metrics.items())]
    if card["gate"]:
        lines += ["## Gate", "", *(f"- `{text}`" for text in card["gate"]), ""]
    columns = [(column["name"], column["type"]) for column in card["signature"]["columns"]]
    lines += ["## Inputs", "", *_table(("input", "type"), columns)]
    params = [(name, repr(value)) for name, value in card["params"].items()]
    if params:
        lines += ["## Parameters", "", *_table(("parameter", "value"), params)]
    return "\n".join(lines)


def _table(header: tuple[str, str], rows: Any) -> list[str]:
    body = [f"| {_text(left)} | {_text(right)} |" for left, right in rows]
    return [f"| {header[0]} | {header[1]} |", "| --- | --- |", *body, ""]


def _text(value: Any) -> str:
    flat = " ".join(str(value).split())
    return flat.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
