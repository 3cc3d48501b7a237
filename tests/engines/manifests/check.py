"""Read manifests and Dockerfiles with other people's readers, and check what schemas cannot: references between objects.

Prints one line of JSON for each check, `{"name", "ok", "detail"}`; the documents as PyYAML reads them come last.
"""

import json
import sys
from pathlib import Path
from typing import Any

import yaml
from dockerfile_parse import DockerfileParser

Object = dict[str, Any]


def say(name: str, problems: list[str]) -> None:
    """Report a check."""
    print(json.dumps({"name": name, "ok": not problems, "detail": "; ".join(problems)}))


def pods(objects: list[Object]) -> list[Object]:
    """The pod templates of workloads."""
    found = []
    for each in objects:
        if each["kind"] == "Deployment":
            found.append(each["spec"]["template"])
        if each["kind"] == "CronJob":
            found.append(each["spec"]["jobTemplate"]["spec"]["template"])
    return found


def selects(selector: dict[str, str], pod: Object) -> bool:
    """Whether a selector matches a pod."""
    return selector.items() <= pod["metadata"]["labels"].items()


def references(objects: list[Object]) -> list[str]:
    """Names that no object has, and selectors that match nothing."""
    names = {(each["kind"], each["metadata"]["name"]) for each in objects}
    problems = []

    def wants(kind: str, name: str, by: str) -> None:
        if (kind, name) not in names:
            problems.append(f"{by} wants {kind} {name}")

    for pod in pods(objects):
        spec = pod["spec"]
        containers = [*spec.get("initContainers", []), *spec["containers"]]
        wants("ServiceAccount", spec["serviceAccountName"], "a pod")
        for each in containers:
            for source in each.get("envFrom", []):
                wants("ConfigMap", source["configMapRef"]["name"], each["name"])
        for volume in spec["volumes"]:
            if "configMap" in volume:
                wants("ConfigMap", volume["configMap"]["name"], "a volume")
        mounted = {mount["name"] for each in containers for mount in each["volumeMounts"]}
        problems += [
            f"no volume {name}" for name in mounted - {each["name"] for each in spec["volumes"]}
        ]
    for each in objects:
        name = f"{each['kind']} {each['metadata']['name']}"
        spec = each.get("spec", {})
        selector = {
            "Service": spec.get("selector"),
            "PodDisruptionBudget": spec.get("selector"),
            "Deployment": spec.get("selector"),
        }.get(each["kind"])
        if selector is not None:
            labels = selector.get("matchLabels", selector)
            if not any(selects(labels, pod) for pod in pods(objects)):
                problems.append(f"{name} selects nothing")
        if each["kind"] == "HorizontalPodAutoscaler":
            wants("Deployment", spec["scaleTargetRef"]["name"], name)
            if not 0 < spec["minReplicas"] < spec["maxReplicas"]:
                problems.append(f"{name} has no room")
    return problems


def hardening(objects: list[Object]) -> list[str]:
    """What the `restricted` standard, and we, ask of a pod."""
    problems = []
    for pod in pods(objects):
        spec = pod["spec"]
        if (
            not spec["securityContext"]["runAsNonRoot"]
            or spec["securityContext"]["seccompProfile"]["type"] != "RuntimeDefault"
        ):
            problems.append("a pod may run as root, or without seccomp")
        if spec.get("automountServiceAccountToken") is not False:
            problems.append("a pod gets a token of the API")
        for each in [*spec.get("initContainers", []), *spec["containers"]]:
            security = each["securityContext"]
            hard = (
                security["readOnlyRootFilesystem"]
                and not security["allowPrivilegeEscalation"]
                and security["capabilities"]["drop"] == ["ALL"]
            )
            if not hard or "memory" not in each["resources"]["limits"]:
                problems.append(f"{each['name']} is not hardened")
    return problems


def dockerfile(path: Path) -> list[str]:
    """What the Dockerfile says to a parser."""
    parser = DockerfileParser(fileobj=path.open("rb"))
    steps = [(step["instruction"], step["value"]) for step in parser.structure]
    problems = [] if ("USER", "10001:10001") in steps else ["it runs as root"]
    commands = [value for name, value in steps if name in {"ENTRYPOINT", "CMD"}]
    problems += [
        f"not in exec form: {value}"
        for value in commands
        if not isinstance(json.loads(value), list)
    ]
    final = [index for index, (name, _) in enumerate(steps) if name == "FROM"]
    return problems if len(final) > 1 else [*problems, "it has one stage"]


def main() -> None:
    """Check the folder of an environment."""
    folder = Path(sys.argv[1])
    documents = {}
    objects: list[Object] = []
    for path in sorted((folder / "kubernetes").glob("*.yaml")):
        documents[path.name] = list(yaml.safe_load_all(path.read_text(encoding="utf-8")))
        objects += [each for each in documents[path.name] if each["kind"] != "Kustomization"]
    (kustomization,) = documents["kustomization.yaml"]
    listed = sorted(kustomization["resources"])
    say(
        "kustomization.yaml lists every manifest",
        [] if listed == sorted(set(documents) - {"kustomization.yaml"}) else [str(listed)],
    )
    keys = [(each["kind"], each["metadata"]["name"]) for each in objects]
    say("no object is there twice", [str(key) for key in keys if keys.count(key) > 1])
    say("objects find one another", references(objects))
    say("every pod is hardened", hardening(objects))
    for path in sorted((folder / "docker").glob("*.Dockerfile")):
        say(f"{path.name} is read by a parser", dockerfile(path))
    print(json.dumps(documents))


if __name__ == "__main__":
    main()
