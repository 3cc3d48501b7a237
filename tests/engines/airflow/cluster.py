"""A Kubernetes API that knows pods alone: each ends at once, with the exit code that stands in a file.

    cluster.py FOLDER

It answers on a free port, and writes FOLDER/kubeconfig once it does. FOLDER/exit_code has the code,
FOLDER/pods.jsonl gets every pod that is created.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

FOLDER = Path(sys.argv[1])
PODS: dict[str, dict[str, Any]] = {}
NOW = "2026-01-01T00:00:00Z"


def status(containers: list[dict[str, Any]], code: int) -> dict[str, Any]:
    """The status of a pod whose containers have ended."""
    ended = {"exitCode": code, "startedAt": NOW, "finishedAt": NOW, "reason": "Completed"}
    states = [
        {"name": each["name"], "image": each["image"], "imageID": "", "ready": False, "restartCount": 0}
        | {"state": {"terminated": ended}}
        for each in containers
    ]
    phase = "Failed" if code else "Succeeded"
    return {"phase": phase, "containerStatuses": states, "startTime": NOW}


def matches(pod: dict[str, Any], selector: str) -> bool:
    """Whether a pod has the labels, or has them not where the selector says so."""
    labels = pod["metadata"].get("labels", {})
    for term in filter(None, selector.split(",")):
        name, operator, value = term.partition("!=") if "!=" in term else term.partition("=")
        if (labels.get(name) == value) is (operator == "!="):
            return False
    return True


class Api(BaseHTTPRequestHandler):
    """The few calls that running a pod takes."""

    def answer(self, body: dict[str, Any] | str, code: int = 200) -> None:
        """Answer with JSON, or with a log."""
        text = body if isinstance(body, str) else json.dumps(body)
        self.send_response(code)
        kind = "text/plain" if isinstance(body, str) else "application/json"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def sent(self) -> dict[str, Any]:
        """The object that a request carries."""
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def named(self) -> dict[str, Any] | None:
        """The pod that a path names."""
        name = urlsplit(self.path).path.partition("/pods/")[2].partition("/")[0]
        if name not in PODS:
            self.answer({"kind": "Status", "status": "Failure", "reason": "NotFound", "code": 404}, 404)
        return PODS.get(name)

    def do_POST(self) -> None:
        """Create a pod, which ends at once."""
        pod = self.sent()
        with (FOLDER / "pods.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(pod) + "\n")
        code = int((FOLDER / "exit_code").read_text(encoding="utf-8"))
        pod["metadata"] |= {"uid": pod["metadata"]["name"], "creationTimestamp": NOW}
        pod["status"] = status(pod["spec"]["containers"], code)
        PODS[pod["metadata"]["name"]] = pod
        self.answer(pod, 201)

    def do_GET(self) -> None:
        """List or read pods, or the log of one."""
        url = urlsplit(self.path)
        if url.path.endswith("/events"):
            self.answer({"kind": "EventList", "apiVersion": "v1", "metadata": {}, "items": []})
        elif url.path.endswith("/pods"):
            selector = parse_qs(url.query).get("labelSelector", [""])[0]
            items = [pod for pod in PODS.values() if matches(pod, selector)]
            self.answer({"kind": "PodList", "apiVersion": "v1", "metadata": {}, "items": items})
        elif (pod := self.named()) is not None:
            self.answer("said by the pod\n" if url.path.endswith("/log") else pod)

    def do_PATCH(self) -> None:
        """Change the labels of a pod."""
        change = self.sent()
        if (pod := self.named()) is not None:
            pod["metadata"].setdefault("labels", {}).update(change["metadata"]["labels"])
            self.answer(pod)

    def do_DELETE(self) -> None:
        """Remove a pod."""
        if (pod := self.named()) is not None:
            del PODS[pod["metadata"]["name"]]
            self.answer(pod)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


def main() -> None:
    """Answer until the process is ended."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    cluster = {"name": "test", "cluster": {"server": f"http://127.0.0.1:{server.server_port}"}}
    context = {"name": "test", "context": {"cluster": "test", "user": "test"}}
    users = [{"name": "test", "user": {}}]
    config = {"apiVersion": "v1", "kind": "Config", "clusters": [cluster], "contexts": [context]}
    config |= {"users": users, "current-context": "test"}
    staged = FOLDER / "kubeconfig.part"
    staged.write_text(json.dumps(config), encoding="utf-8")
    staged.replace(FOLDER / "kubeconfig")
    server.serve_forever()


if __name__ == "__main__":
    main()
