"""Reads emitted files as Python and PyYAML do. A line in is `[kind, text]`, a line out what was read, both as JSON."""

import ast
import hashlib
import json
import sys
import warnings

try:
    import yaml
except ImportError:
    yaml = None

warnings.simplefilter("ignore")


def shape(tree: ast.AST) -> str:
    """What the text is without its strings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = "…"
    return hashlib.sha256(ast.dump(tree).encode()).hexdigest()


def read_python(text: str) -> dict:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        return {"error": str(error)}
    values = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    texts = [value for value in values if isinstance(value, str)]
    return {"texts": texts, "shape": shape(tree)}


def read_yaml(text: str) -> dict:
    try:
        return {"documents": list(yaml.load_all(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))}
    except yaml.YAMLError as error:
        return {"error": str(error)}


for line in sys.stdin:
    kind, content = json.loads(line)
    if kind == "yaml" and yaml is None:
        answer = {"absent": True}
    else:
        answer = read_python(content) if kind == "python" else read_yaml(content)
    print(json.dumps(answer, default=str))
