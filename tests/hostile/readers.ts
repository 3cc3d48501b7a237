/** Output as its own tools read it: Python's `ast`, PyYAML, `yaml` as 1.1 and 1.2, and a parser of Dockerfiles. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { DockerfileParser } from "dockerfile-ast";
import { parseAllDocuments } from "yaml";

/** What a file is: what went wrong, the texts in it, and all that is not text. */
export interface Reading {
  readonly error?: string;
  readonly texts: readonly string[];
  readonly shape: string;
}

interface Answer {
  readonly error?: string;
  readonly texts?: readonly string[];
  readonly shape?: string;
  readonly documents?: readonly unknown[];
  /** There is no PyYAML. */
  readonly absent?: true;
}

/** The Python of the engine suites has PyYAML; everybody's has `ast`. */
const PYTHON = process.env["MLSPEC_PYTHON"] ?? "python3";

/** Readings by text. One process of Python reads everything. */
export function readAll(files: ReadonlyMap<string, string>): ReadonlyMap<string, Reading> {
  const asked = [...files].flatMap(([text, path]) => {
    const kind = path.endsWith(".py") ? "python" : /\.ya?ml$/.test(path) ? "yaml" : undefined;
    return kind === undefined ? [] : [{ text, kind }];
  });
  const answers = new Map(python(asked).map((answer, i) => [asked[i]?.text ?? "", answer]));
  return new Map([...files].map(([text, path]) => [text, reading(path, text, answers.get(text))]));
}

function python(asked: readonly { readonly kind: string; readonly text: string }[]): readonly Answer[] {
  const { stdout, stderr, status } = spawnSync(PYTHON, [fileURLToPath(new URL("./read.py", import.meta.url))], {
    input: asked.map(({ kind, text }) => JSON.stringify([kind, text])).join("\n"),
    encoding: "utf8",
    maxBuffer: 1 << 30,
    env: { ...process.env, PYTHONIOENCODING: "utf-8" },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Answer);
}

function reading(path: string, text: string, answer: Answer | undefined): Reading {
  if (path.endsWith(".py")) return { texts: [], shape: "", ...answer };
  if (/\.ya?ml$/.test(path)) return readYaml(text, answer);
  if (path.endsWith(".json")) return readJson(text);
  if (path.endsWith(".Dockerfile")) return readDockerfile(text);
  return { texts: [text], shape: "text" };
}

function readYaml(text: string, answer: Answer | undefined): Reading {
  const versions = (["1.1", "1.2"] as const).map((version) =>
    parseAllDocuments(text, { version, schema: version === "1.1" ? "yaml-1.1" : "core" }),
  );
  const errors = versions.flatMap((documents) =>
    "empty" in documents ? ["no document"] : documents.flatMap((each) => each.errors.map(String)),
  );
  const [old, now] = versions.map((documents) => ("empty" in documents ? [] : documents.map((each): unknown => each.toJS())));
  if (errors.length === 0 && !isDeepStrictEqual(old, now)) errors.push("YAML 1.1 and 1.2 disagree");
  if (answer?.error !== undefined) errors.push(answer.error);
  if (answer?.absent === true && process.env["MLSPEC_PYTHON"] !== undefined) errors.push("that Python has no PyYAML");
  if (answer?.absent !== true && errors.length === 0 && !isDeepStrictEqual(answer?.documents, now)) errors.push("PyYAML and yaml disagree");
  return { ...(errors.length === 0 ? {} : { error: errors.join("; ") }), ...dataReading(now) };
}

function readJson(text: string): Reading {
  try {
    return dataReading(JSON.parse(text));
  } catch (error) {
    return { error: String(error), texts: [], shape: "" };
  }
}

function dataReading(data: unknown): Pick<Reading, "texts" | "shape"> {
  const texts: string[] = [];
  const text = (value: string): string => {
    texts.push(value);
    return "…";
  };
  // A key may be a text of the user's too: one that no identifier can be is taken as a text.
  const shapeOf = (value: unknown): unknown => {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map(shapeOf);
    if (typeof value !== "object" || value === null) return value;
    return Object.entries(value).map(([key, inner]) => [/^\w+$/.test(key) ? (texts.push(key), key) : text(key), shapeOf(inner)]);
  };
  return { shape: JSON.stringify(shapeOf(data)), texts };
}

/** Instructions with their arguments; the values of labels and settings are its texts. */
function readDockerfile(text: string): Reading {
  const parsed = DockerfileParser.parse(text);
  const known = /^(ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)$/;
  const odd = parsed.getInstructions().filter((each) => !known.test(each.getInstruction()));
  const texts = parsed.getInstructions().flatMap((each) => each.getArguments().map((argument) => argument.getValue()));
  return {
    ...(odd.length === 0 ? {} : { error: `not an instruction: ${odd.map((each) => each.getInstruction()).join(" ")}` }),
    texts,
    shape: parsed
      .getInstructions()
      .map((each) => `${each.getKeyword()} ${each.getArguments().length}`)
      .join("\n"),
  };
}
