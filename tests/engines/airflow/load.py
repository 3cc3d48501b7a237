"""Load a folder of DAG files as Airflow does, and print what is in it as JSON: errors, warnings, seconds, tasks, pods.

What is loaded is written down too, as the scheduler would, and read again.
"""

import json
import sys
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    try:
        from airflow.dag_processing.dagbag import DagBag
    except ImportError:
        from airflow.models.dagbag import DagBag
    try:
        from airflow.serialization.serialized_objects import DagSerialization as Serialized
    except ImportError:
        from airflow.serialization.serialized_objects import SerializedDAG as Serialized

ROUNDS = 25


# Of the run that templates are rendered for.
START = datetime(2026, 3, 29, 4, tzinfo=UTC)
END = datetime(2026, 4, 5, 4, tzinfo=UTC)


def rendered(task: Any) -> list[str]:
    """The templates of a task, as Airflow renders them."""
    environment = task.dag.get_template_env()
    values = [
        getattr(task, field) for field in ("bash_command", "arguments") if hasattr(task, field)
    ]
    texts = [text for value in values for text in ([value] if isinstance(value, str) else value)]
    context = {
        "params": task.dag.params.dump(),
        "data_interval_start": START,
        "data_interval_end": END,
        **(task.dag.user_defined_macros or {}),
    }
    return [environment.from_string(text).render(context) for text in texts]


def task_view(task: Any) -> dict[str, Any]:
    """What a task does, and after what."""
    view = {
        "after": sorted(task.upstream_task_ids),
        "type": type(task).__name__,
        "rendered": " ".join(rendered(task)),
    }
    if hasattr(task, "build_pod_request_obj"):
        pod = task.build_pod_request_obj(None)
        view["pod"] = task.hook.api_client.sanitize_for_serialization(pod)
    return view


def stored(dag: Any) -> dict[str, Any]:
    """What the scheduler knows of a DAG once it is stored."""
    content = Serialized.to_dict(dag)
    Serialized.validate_schema(content)
    again = Serialized.from_dict(content)
    return {"schedule": again.timetable.summary, "tasks": sorted(again.task_dict)}


def seconds(file: Path) -> float:
    """How long one file takes to be parsed, once Airflow itself is there: the best of some rounds."""
    rounds = []
    for _ in range(ROUNDS):
        bag = DagBag(str(file))
        rounds.append(sum(each.duration.total_seconds() for each in bag.dagbag_stats))
    return min(rounds)


def main() -> None:
    """Load the folder named on the command line."""
    folder = sys.argv[1]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        bag = DagBag(folder)
    ours = [
        f"{each.category.__name__}: {each.message}" for each in caught if folder in each.filename
    ]
    for group in bag.captured_warnings.values():
        ours += [str(each) for each in group]
    answer = {
        "errors": bag.import_errors,
        "warnings": ours,
        "seconds": {file.stem: seconds(file) for file in sorted(Path(folder).glob("*.py"))},
        "stored": {name: stored(dag) for name, dag in bag.dags.items()},
        "dags": {
            name: {task.task_id: task_view(task) for task in dag.tasks}
            for name, dag in bag.dags.items()
        },
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
