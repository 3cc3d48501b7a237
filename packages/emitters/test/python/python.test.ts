import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EmitContext, EmitterDiagnostic, Expr, Ir } from "@mlspec/compiler";
import fc from "fast-check";
import { expect, it } from "vitest";
import { python, PYTHON_MODULES } from "../../src/python/index.js";
import { pythonExpression } from "../../src/python/expression.js";
import { flat } from "../../src/python/code.js";
import { code } from "../../src/text/python.js";
import { texts } from "../../src/generated/templates.js";
import { fraudScore, ir } from "./fraud.js";
import { hostileString } from "../text/hostile.js";

function emit(of: Ir, report?: (diagnostic: EmitterDiagnostic) => void): Map<string, string> {
  const unused = (): never => {
    throw new Error("the python emitter asks for nothing");
  };
  const context: EmitContext<object> = {
    ir: of,
    options: {},
    folder: "generated/local",
    has: unused,
    link: unused,
    contentHash: unused,
    template: () => undefined,
    emitted: unused,
    report: report ?? unused,
  };
  const { files } = python.emit(context);
  return new Map(files.map((file) => [file.path, "text" in file ? file.text : ""]));
}

const generated = (files: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
  [...files].filter(([path]) => !PYTHON_MODULES.some((name) => `${name}.py` === path));

// `PYTHON_OUT=folder npx vitest run …` leaves the files there, for ruff and for a real run.
const out = process.env["PYTHON_OUT"];

it("writes a module per model, a program per task, and the shared modules as they are", () => {
  const files = emit(ir);
  if (out !== undefined) {
    mkdirSync(out, { recursive: true });
    for (const [path, text] of files) writeFileSync(join(out, path), text);
  }
  expect(generated(files).map(([path]) => path)).toEqual([
    "model_fraud_score.py",
    "train_fraud_score.py",
    "gate_fraud_score.py",
    "score_fraud_review.py",
    "serve_fraud_api.py",
  ]);
  for (const name of PYTHON_MODULES) expect(files.get(`${name}.py`)).toBe(texts[`python/${name}.py`]);
  for (const [path, text] of generated(files)) expect(text).toMatchSnapshot(path);
});

it("provides what it emits", () => {
  const files = emit(ir);
  for (const artifact of Object.values(python.provide(ir, {}))) {
    expect(artifact.kind === "file" && files.has(artifact.path.replace("python/", ""))).toBe(true);
  }
});

it("leaves serving out where nothing is served", () => {
  const { "serve.fraud_api": _, ...programs } = ir.programs;
  expect([...emit({ ...ir, programs }).keys()]).not.toContain("serving.py");
});

const double = { kind: "double" } as const;
const int = { kind: "int" } as const;
const column = (name: string, type: Expr["type"]): Expr => ({ node: "column", ref: { scope: "dataset", name }, type, nullable: true });
const printed = (expr: Expr): string => flat(pythonExpression(expr, (ref) => code("name" in ref ? ref.name : "at")).value);

it("writes Spark's coercions out", () => {
  const zero: Expr = { node: "literal", value: 0, text: "0", type: int, nullable: false };
  expect(printed({ node: "binary", op: "/", left: column("a", int), right: zero, type: double, nullable: true })).toBe(
    "div(as_double(a), 0.0)",
  );
  expect(printed({ node: "binary", op: "+", left: column("a", int), right: zero, type: int, nullable: true })).toBe(
    "as_integer(add(a, 0), 32)",
  );
  expect(
    printed({ node: "binary", op: "=", left: column("a", double), right: column("b", int), type: { kind: "boolean" }, nullable: true }),
  ).toBe("eq(a, as_double(b))");
  expect(printed({ node: "unary", op: "-", operand: { ...zero, value: 5, text: "5" }, type: int, nullable: false })).toBe("-5");
});

it("computes decimals as wide as Spark does, and integers in their own width", () => {
  const decimal = (precision: number, scale: number): Expr["type"] => ({ kind: "decimal", precision, scale });
  const amount = column("amount", decimal(12, 2));
  const three: Expr = { node: "literal", value: 3, text: "3", type: int, nullable: false };
  expect(printed({ node: "binary", op: "/", left: amount, right: three, type: decimal(16, 6), nullable: true })).toBe(
    "as_decimal(div(amount, 3), 16, 6)",
  );
  const half: Expr = { node: "literal", value: 1.5, text: "1.50", type: decimal(3, 2), nullable: false };
  expect(printed({ node: "call", name: "coalesce", args: [column("n", int), half], type: decimal(12, 2), nullable: false })).toBe(
    'coalesce(as_decimal(n, 12, 2), Decimal("1.50"))',
  );
  const bigint = { kind: "bigint" } as const;
  expect(printed({ node: "call", name: "coalesce", args: [column("n", int), column("m", bigint)], type: bigint, nullable: true })).toBe(
    "coalesce(n, m)",
  );
});

it("gives the first value of NULLIF in its own type", () => {
  const nullif = (left: Expr, right: Expr): Expr => ({
    node: "call",
    name: "nullif",
    args: [left, right],
    type: left.type,
    nullable: true,
  });
  const exact: Expr = { node: "literal", value: 0, text: "0", type: int, nullable: false };
  const rough: Expr = { node: "literal", value: 0.5, text: "5e-1", type: double, nullable: false };
  expect(printed(nullif(column("a", double), exact))).toBe("nullif(a, 0.0)");
  expect(printed(nullif(column("n", int), rough))).toBe("nullif(n, 0.5, as_double)");
});

it("computes an operand that can overflow only where Spark does", () => {
  const n = column("n", int);
  const product: Expr = { node: "binary", op: "*", left: n, right: n, type: int, nullable: true };
  const truth = { kind: "boolean" } as const;
  const less: Expr = { node: "binary", op: "<", left: product, right: n, type: truth, nullable: true };
  const code = "as_integer(mul(n, n), 32)";
  expect(printed({ node: "binary", op: "and", left: less, right: less, type: truth, nullable: true })).toBe(
    `and_(lt(${code}, n), lambda: lt(${code}, n))`,
  );
  expect(printed({ node: "binary", op: "+", left: n, right: product, type: int, nullable: true })).toBe(
    `as_integer(add(n, lambda: ${code}), 32)`,
  );
  expect(printed({ node: "case", branches: [{ when: column("b", truth), then: product }], type: int, nullable: true })).toBe(
    `case(b, lambda: ${code}, None)`,
  );
  expect(printed({ node: "unary", op: "-", operand: n, type: int, nullable: true })).toBe("as_integer(neg(n), 32)");
});

it("makes NULL of what does not fit, once both sides are computed", () => {
  const n = column("n", int);
  const tried = (name: "try_add" | "try_divide", type: Expr["type"], ...args: readonly Expr[]): string =>
    printed({ node: "call", name, args, type, nullable: true });
  expect(tried("try_add", int, n, n)).toBe("fitting(add(n, n), lambda value: as_integer(value, 32))");
  expect(tried("try_divide", double, n, n)).toBe("div(as_double(n), nullif(as_double(n), 0.0))");
  const amount = column("amount", { kind: "decimal", precision: 12, scale: 2 });
  expect(tried("try_divide", { kind: "decimal", precision: 27, scale: 15 }, amount, amount)).toBe(
    "fitting(div(amount, nullif(amount, 0)), lambda value: as_decimal(value, 27, 15))",
  );
  expect(tried("try_add", double, column("a", double), n)).toBe("add(a, as_double(n))");
});

it("gives literals the type that they are cast to", () => {
  const literal = (value: number | boolean, type: Expr["type"]): Expr => ({ node: "literal", value, type, nullable: false });
  const cast = (operand: Expr, type: Expr["type"]): string => printed({ node: "cast", operand, type, nullable: false });
  expect(cast(literal(12, int), { kind: "string" })).toBe('"12"');
  expect(cast(literal(true, { kind: "boolean" }), double)).toBe("1.0");
  expect(printed({ node: "unary", op: "-", operand: literal(0, int), type: int, nullable: false })).toBe("as_integer(neg(0), 32)");
});

it("rounds what is a float in Spark", () => {
  const float = { kind: "float" } as const;
  const a = column("a", float);
  expect(printed({ node: "binary", op: "+", left: a, right: a, type: float, nullable: true })).toBe(
    "as_float(add(as_float(a), as_float(a)))",
  );
});

it("prints a CASE as conditions and values", () => {
  const when: Expr = { node: "is_null", operand: column("a", int), negated: false, type: { kind: "boolean" }, nullable: false };
  const one: Expr = { node: "literal", value: 1, text: "1", type: int, nullable: false };
  expect(printed({ node: "case", branches: [{ when, then: one }], type: double, nullable: true })).toBe("case(is_null(a), 1.0, None)");
});

it("refuses inputs and files that it cannot handle", () => {
  const seen: EmitterDiagnostic[] = [];
  const [first] = fraudScore.inputs;
  if (first === undefined) throw new Error("the fixture has no inputs");
  const inputs = [{ ...first, type: { kind: "array", element: double, containsNull: true } as const }];
  const trainer = { kind: "function", file: "src/my-train.py", function: "train" } as const;
  emit({ ...ir, models: { fraud_score: { ...fraudScore, inputs, trainer } } }, (diagnostic) => seen.push(diagnostic));
  expect(seen.map(({ code }) => code)).toEqual(["input-type", "module-path"]);
  expect(seen.map(({ message }) => message).join("\n")).toMatchInlineSnapshot(`
    "\`card_velocity.payment_count_10m\` is of type array, which no model takes. Leave it out of \`features\`, or derive a number or a string from it.
    \`src/my-train.py\` cannot be imported: name the file and its folders with letters, digits and underscores, as in \`src/train.py\`."
  `);
});

it("never lets text of a specification become code", () => {
  const samples = fc.sample(hostileString, { numRuns: 150, seed: 3 });
  const sources = samples.map((text) => {
    const model = {
      ...fraudScore,
      description: text,
      owner: text,
      params: { [text]: [text] },
      gate: fraudScore.gate.map((each) => ({ ...each, text })),
    };
    const service = { ...ir.services["fraud_api"], description: text };
    const files = emit({ ...ir, models: { fraud_score: model }, services: { fraud_api: service } as Ir["services"] });
    return { text, model: files.get("model_fraud_score.py"), serve: files.get("serve_fraud_api.py") };
  });
  expect(execFileSync("python3", ["-c", READER], { input: JSON.stringify(sources), encoding: "utf8" }).trim()).toBe("150 read back");
});

/** Reads the printed files with Python's own parser and looks for the text where it was put. */
const READER = `
import ast, json, sys
def keywords(tree, name):
    call = next(n.value for n in tree.body if isinstance(n, ast.Assign) and n.targets[0].id == name)
    return {k.arg: k.value for k in call.keywords}
count = 0
for sample in json.load(sys.stdin):
    model = keywords(ast.parse(sample["model"]), "MODEL")
    serve = keywords(ast.parse(sample["serve"]), "DEPLOYMENT")
    text = sample["text"]
    assert ast.literal_eval(model["description"]) == text, text
    assert ast.literal_eval(model["owner"]) == text, text
    assert ast.literal_eval(model["params"]) == {text: [text]}, text
    assert ast.literal_eval(serve["description"]) == text, text
    assert len(ast.parse(sample["model"]).body) == 6
    count += 1
print(count, "read back")
`;
