"""Delta tables, read without Spark."""

from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable, QueryBuilder


def read_table(path: Path | str) -> pa.Table:
    """All rows, in no order.

    Not by `DeltaTable.to_pyarrow_table`: its threads now and then abort the process when it ends.
    """
    table = DeltaTable(str(path))
    rows = pa.table(QueryBuilder().register("t", table).execute("SELECT * FROM t").read_all())
    return rows.cast(pa.schema(table.schema().to_arrow()))
