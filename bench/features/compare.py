"""Compare training sets: `compare.py OURS BY_HAND FEAST`, Delta tables and a Parquet file.

Prints how many rows differ from those by hand, how many questions Feast leaves out, and for each
feature which share of Feast's values agree; what is left out does not.
"""

import json
import sys

import numpy as np
import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable, QueryBuilder

PREFIX = "card_velocity__"


def read(path: str) -> pd.DataFrame:
    """Read a Delta table by question."""
    found = QueryBuilder().register("t", DeltaTable(path)).execute("SELECT * FROM t").read_all()
    return by_question(pa.table(found).to_pandas())


def by_question(rows: pd.DataFrame) -> pd.DataFrame:
    """Order rows by question; each is there once."""
    found = rows.set_index("question_id", verify_integrity=True).sort_index()
    found.columns = [name.removeprefix(PREFIX) for name in found.columns]
    return found


def agree(left: pd.Series, right: pd.Series) -> np.ndarray:
    """Tell which values are the same: doubles to nine digits, and nothing is nothing."""
    one, other = left.astype(float).to_numpy(), right.astype(float).to_numpy()
    return np.isclose(one, other, rtol=1e-9, atol=1e-9, equal_nan=True)


def main(ours: str, by_hand: str, feast: str) -> None:
    """Print what is the same."""
    mine, tuned, peer = read(ours), read(by_hand), by_question(pd.read_parquet(feast))
    if not mine.index.equals(tuned.index) or not peer.index.isin(mine.index).all():
        sys.exit(f"not the same questions: {len(mine)}, {len(tuned)}, {len(peer)}")
    answered = mine.index.isin(peer.index)
    peer = peer.fillna({name: 0 for name in peer.columns if name.startswith("payments_")})
    peer = peer.reindex(mine.index)
    features = [name for name in mine.columns if name not in ("asked_at", "is_fraud")]
    differing = ~np.logical_and.reduce([agree(mine[name], tuned[name]) for name in features])
    for name in ("asked_at", "is_fraud"):
        differing |= (mine[name] != tuned[name]).to_numpy()
    shares = {name: float((agree(mine[name], peer[name]) & answered).mean()) for name in features}
    said = {name: int(mine[name].fillna(0).ne(0).sum()) for name in features}
    print(
        json.dumps(
            {
                "rows": len(mine),
                "features": len(features),
                "differing": int(differing.sum()),
                "first": mine.index[differing][:5].tolist(),
                "values": said,
                "missing": int((~answered).sum()),
                "feast": shares,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
