"""Which rows are worth a look: those at whose moment something is late, equal or on an edge."""

import random
from collections import Counter
from collections.abc import Sequence

import naive
from fraud import WINDOWS, Oracle
from naive import HOUR, MILLISECOND, MINUTE, Row

Asked = tuple[Row, int]
LENGTHS = sorted({length for _, _, length, _, _ in WINDOWS})


def kinds(oracle: Oracle, row: Row, t: int) -> set[str]:
    """What is special about a row whose features are asked for at t."""
    found = {"asked on a full minute"} if t % MINUTE == 0 else set()
    tails = {naive.floor(t, naive.tile(length)) - length for length in LENGTHS}
    for event in oracle.payments_of.get(str(row["card_id"]), []):
        if identity(event) == identity(row):
            continue
        e = naive.effective_time(event, "created_at", "ingested_at")
        known = naive.floor(int(str(event["ingested_at"])), MILLISECOND)
        if e < t <= known:
            found.add("an event has happened that is not known yet")
        if known < t <= e + HOUR and known - e >= MINUTE:
            found.add("an event of the last hour came late")
        if t in (e, known, known + MILLISECOND):
            found.add("an event happens or gets known at the very moment")
        if any(abs(e - tail) <= MILLISECOND for tail in tails):
            found.add("an event lies on the edge of a window")
        if t - HOUR <= e < t and e % MINUTE == 0:
            found.add("an event of the last hour lies on the edge of a tile")
    return found


def identity(row: Row) -> tuple[object, object]:
    """What identifies a payment."""
    return row["transaction_id"], row["created_at"]


def sample(
    oracle: Oracle, asked: Sequence[Asked], size: int, chance: random.Random
) -> tuple[list[Asked], dict[str, int]]:
    """Choose at least `size` rows where there are as many: the special ones first, then others.

    Of each kind up to a quarter of the size is taken, then the rest by chance. Also says how many
    of the chosen rows are of which kind.
    """
    special = [(each, kinds(oracle, *each)) for each in asked]
    order = chance.sample(range(len(special)), len(special))
    chosen: dict[int, None] = {}
    for kind in sorted({kind for _, found in special for kind in found}):
        chosen |= dict.fromkeys([n for n in order if kind in special[n][1]][: size // 4])
    # Bursts are where windows are full.
    chosen |= dict.fromkeys([n for n in order if special[n][0][0].get("is_fraud")][: size // 4])
    rest = [n for n in order if n not in chosen]
    chosen |= dict.fromkeys(rest[: max(size - len(chosen), size // 4)])
    counts = Counter(kind for n in chosen for kind in special[n][1])
    return [special[n][0] for n in chosen], dict(sorted(counts.items()))
