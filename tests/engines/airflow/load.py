"""Load a folder of DAG files as Airflow does, and print what is in it as JSON: errors, warnings, tasks, pods."""

import json
import sys
import warnings
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    try:
        from airflow.dag_processing.dagbag import DagBag
    except ImportError:
        from airflow.models.dagbag import DagBag


def task_view(task: Any) -> dict[str, Any]:
    """What a task does, and after what."""
    view = {"after": sorted(task.upstream_task_ids), "type": type(task).__name__}
    if hasattr(task, "build_pod_request_obj"):
        pod = task.build_pod_request_obj(None)
        view["pod"] = task.hook.api_client.sanitize_for_serialization(pod)
    return view


def main() -> None:
    """Load the folder named on the command line."""
    folder = sys.argv[1]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        bag = DagBag(folder)
    ours = [
        f"{each.category.__name__}: {each.message}" for each in caught if folder in each.filename
    ]
    ours += (
        [
            f"{each['message']}"
            for group in bag.captured_warnings.values()
            for each in map(dict, group)
        ]
        if bag.captured_warnings
        else []
    )
    answer = {
        "errors": bag.import_errors,
        "warnings": ours,
        "dags": {
            name: {task.task_id: task_view(task) for task in dag.tasks}
            for name, dag in bag.dags.items()
        },
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
