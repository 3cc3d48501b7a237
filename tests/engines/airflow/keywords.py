"""Hold a folder of emitted DAG files to what Airflow makes of them: every keyword is what the DAG or the task then has.

An operator could take a keyword and drop it; prints what differs, and how many keywords there are of each name, as JSON.
"""

import ast
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any

# Where a task keeps what a keyword says, where not under its name. Pods: what the file says is in the pod.
KEPT = {"pre_execute": "_pre_execute_hook", "schedule": "timetable"}
IN_POD = {"env_vars", "volumes", "volume_mounts", "labels", "secrets"}


def load(file: Path) -> Any:
    """Import a DAG file."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def calls(tree: ast.Module) -> tuple[ast.Call, dict[str, ast.Call]]:
    """The call that makes the DAG, and those that make its tasks, by variable."""
    block = next(node for node in tree.body if isinstance(node, ast.With))
    made = {
        statement.targets[0].id: statement.value
        for statement in block.body
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call)
    }
    return block.items[0].context_expr, made


def keywords(call: ast.Call, module: Any) -> Iterator[tuple[str, Any]]:
    """Names and values of a call's keywords, as the file says them."""
    for keyword in call.keywords:
        yield keyword.arg, eval(compile(ast.Expression(keyword.value), "<dag>", "eval"), vars(module))  # noqa: S307: our own file


def kept(thing: Any, name: str) -> Any:
    """What Airflow has of a keyword."""
    return getattr(thing, KEPT.get(name, name))


def plain(value: Any) -> Any:
    """A form in which what the file says and what Airflow keeps can be compared."""
    if isinstance(value, Enum):
        return value.value
    if hasattr(value, "dump"):
        value = value.dump()
    if isinstance(value, dict):
        return {key: plain(getattr(each, "value", each) if type(each).__name__ == "Param" else each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if type(value).__name__ == "partial":
        return [value.func.__name__, *map(plain, value.args), plain(value.keywords)]
    if hasattr(value, "uri"):
        return value.uri
    if hasattr(value, "serialize"):
        return value.serialize()
    return str(value) if type(value).__module__ not in ("builtins", "datetime") else value


def same(name: str, said: Any, has: Any) -> bool:
    """Whether it has what the file says."""
    said, has = plain(said), plain(has)
    if name == "tags":
        return set(said) <= set(has)
    seconds = said.total_seconds() if isinstance(said, timedelta) else said
    return has in (said, [said], seconds)


def dag_differences(file: Path, names: Counter) -> Iterator[str]:
    """What differs in one file."""
    module = load(file)
    tree = ast.parse(file.read_text(encoding="utf-8"))
    of_dag, of_tasks = calls(tree)
    tasks = {variable: getattr(module, variable) for variable in of_tasks}
    dag = next(iter(tasks.values())).dag
    said_of_dag = dict(keywords(of_dag, module))
    defaults = said_of_dag.pop("default_args")
    for name, said in said_of_dag.items():
        names[f"DAG.{name}"] += 1
        if said is not None and not same(name, said, kept(dag, name)):
            yield f"{file.name}: DAG({name}={said!r}), and it has {kept(dag, name)!r}"
    for variable, call in of_tasks.items():
        task = tasks[variable]
        own = dict(keywords(call, module))
        takes = {name: said for name, said in defaults.items() if name not in own and hasattr(task, KEPT.get(name, name))}
        for name, said in {**takes, **own}.items():
            names[name] += 1
            if name not in IN_POD and not same(name, said, kept(task, name)):
                yield f"{file.name}: {variable}({name}={said!r}), and it has {kept(task, name)!r}"
        yield from pod_differences(f"{file.name}: {variable}", task, {**defaults, **own})


def pod_differences(what: str, task: Any, said: dict[str, Any]) -> Iterator[str]:
    """What the pod of a task lacks."""
    if not hasattr(task, "build_pod_request_obj"):
        return
    pod = task.build_pod_request_obj(None)
    (container,) = pod.spec.containers
    variables = {each.name for each in container.env or ()}
    wanted = {each.name for each in said.get("env_vars", ())} | {each.deploy_target for each in said.get("secrets", ())}
    checks = {
        "image": container.image == said["image"],
        "cmds": container.command == said["cmds"],
        "arguments": container.args == said["arguments"],
        "labels": said["labels"].items() <= pod.metadata.labels.items(),
        "environment": wanted <= variables,
        "volumes": {each.name for each in said["volumes"]} <= {each.name for each in pod.spec.volumes},
        "volume_mounts": {each.mount_path for each in said["volume_mounts"]} <= {each.mount_path for each in container.volume_mounts},
        "security_context": pod.spec.security_context == said["security_context"],
        "container_security_context": container.security_context == said["container_security_context"],
        "automount": pod.spec.automount_service_account_token is said["automount_service_account_token"],
        "node_selector": pod.spec.node_selector == said.get("node_selector", pod.spec.node_selector),
        "service_account": pod.spec.service_account_name == said.get("service_account_name", pod.spec.service_account_name),
        "resources": container.resources == said.get("container_resources", container.resources),
        "namespace": pod.metadata.namespace == said.get("namespace", pod.metadata.namespace),
    }
    yield from (f"{what}: its pod has not the {name}" for name, ok in checks.items() if not ok)


def main() -> None:
    """Look at the folder named on the command line."""
    names: Counter = Counter()
    found = [each for file in sorted(Path(sys.argv[1]).glob("*.py")) for each in dag_differences(file, names)]
    print(json.dumps({"differences": found, "keywords": names}))


if __name__ == "__main__":
    main()
