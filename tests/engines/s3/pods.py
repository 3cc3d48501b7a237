"""The pods of emitted DAGs for an interval, as JSON: what each runs, in which image, with what.

    pods.py FOLDER START END
"""

import json
import sys
import warnings
from datetime import datetime
from typing import Any

warnings.simplefilter("ignore")
from airflow.dag_processing.dagbag import DagBag  # noqa: E402 (it warns)


def pod_of(task: Any, start: datetime, end: datetime) -> dict[str, Any]:
    """A task's pod with its templates rendered."""
    environment = task.dag.get_template_env()
    context = {"params": task.dag.params.dump(), "data_interval_start": start}
    context |= {"data_interval_end": end, **task.dag.user_defined_macros}
    task.arguments = [environment.from_string(text).render(context) for text in task.arguments]
    pod = task.hook.api_client.sanitize_for_serialization(task.build_pod_request_obj(None))
    [container] = pod["spec"]["containers"]
    node = pod["spec"]["nodeSelector"]["topology.kubernetes.io/region"]
    return {
        "task": task.task_id,
        "account": pod["spec"]["serviceAccountName"],
        "node": node,
        **container,
    }


def main() -> None:
    """Print the pods of each DAG, each after those it waits for."""
    start, end = map(datetime.fromisoformat, sys.argv[2:])
    dags = DagBag(sys.argv[1]).dags.values()
    pods = {
        dag.dag_id: [
            pod_of(task, start, end) for task in dag.topological_sort() if hasattr(task, "arguments")
        ]
        for dag in dags
    }
    print(json.dumps(pods))


if __name__ == "__main__":
    main()
