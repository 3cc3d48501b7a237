"""A DAG file that warns as Airflow loads it: shows that the suite sees it."""

import warnings

warnings.warn("made on purpose", DeprecationWarning, stacklevel=1)
