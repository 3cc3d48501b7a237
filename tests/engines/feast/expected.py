"""What the oracle says of every card of the example: `python expected.py PROJECT START MOMENT`."""

import json
import sys
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "oracle"))

from fraud import Oracle, micros, ratio


def main() -> None:
    """Print the cards, and their values as of the moment."""
    start, moment = (micros(datetime.fromisoformat(text)) for text in sys.argv[2:])
    oracle = Oracle(Path(sys.argv[1]) / "lake" / "raw", start, moment)
    cards = sorted(card for card in {*oracle.payments_of, *oracle.cards_of} if card != "None")
    rows = []
    for card in cards:
        values = oracle.velocity(card, moment) | oracle.profile(card, moment)
        row = {name.split("__")[1]: value for name, value in values.items()}
        row["spend_ratio"] = ratio(row["spend_1h"], row["spend_7d"])
        rows.append(row)
    print(json.dumps({"cards": cards, "rows": rows}))


main()
