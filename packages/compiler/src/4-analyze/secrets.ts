/** Secrets of an environment: which there are, what reads them, and whether they can come from where it says. */
import { secretName } from "../shorthand/index.js";
import type { ProjectSpec, SecretsSpec } from "../spec.js";
import type { Finding, SpecPath } from "./analysis.js";
import { atKey, atValue, finding } from "./finding.js";

/** The environment variable that programs read a secret from. */
export function secretVariable(spec: Pick<ProjectSpec, "project">, from: SecretsSpec, name: string): string {
  const prefix = from.from === "env" ? from.prefix : undefined;
  return `${prefix ?? `${spec.project.toUpperCase()}_`}${name.toUpperCase()}`;
}

/** Secrets of an environment whose programs run on one machine, with the variables that they are read from. */
export function localSecrets(spec: ProjectSpec, environment: string): readonly { readonly name: string; readonly variable: string }[] {
  const { runtime, secrets: from } = spec.environments[environment] ?? {};
  if (runtime !== "local" || from === undefined) return [];
  return (spec.secrets ?? []).map((name) => ({ name, variable: secretVariable(spec, from, name) }));
}

/** Secrets that a source reads with. */
export function secretsOfSource({ jdbc, kafka }: NonNullable<ProjectSpec["sources"]>[string]): readonly string[] {
  const { sasl, tls } = kafka ?? {};
  return [jdbc?.user, jdbc?.password, sasl?.user, sasl?.password, tls?.ca, tls?.client?.certificate, tls?.client?.key].flatMap((text) =>
    text === undefined ? [] : (secretName(text) ?? []),
  );
}

export function analyzeSecrets(spec: ProjectSpec, environment: string): readonly Finding[] {
  const { runtime, secrets: from } = spec.environments[environment] ?? {};
  const names = spec.secrets ?? [];
  if (runtime === undefined) return [];
  const path = ["environments", environment];
  if (from === undefined) {
    const add = runtime === "local" ? "secrets: { from: env }" : "secrets: { from: kubernetes, name: … }";
    return names.length === 0 ? [] : [finding("secrets-needed", atKey(...path), { environment, secrets: names, from: add })];
  }
  const misfit = misfitOf(spec, from, { environment, runtime });
  if (misfit !== undefined) return [finding("secret-source", misfit.part(path), { reason: misfit.reason })];
  return names.flatMap((name, index) => {
    const variable = secretVariable(spec, from, name);
    return isTaken(variable, spec.project) ? [finding("secret-variable", atValue(["secrets", index]), { secret: name, variable })] : [];
  });
}

interface Misfit {
  readonly part: (path: SpecPath) => Finding["at"];
  readonly reason: string;
}

function misfitOf(
  spec: ProjectSpec,
  from: SecretsSpec,
  { environment, runtime }: { readonly environment: string; readonly runtime: "local" | "kubernetes" },
): Misfit | undefined {
  const value = (reason: string): Misfit => ({ part: (path) => atValue([...path, "secrets", "from"]), reason });
  const key = (name: string, reason: string): Misfit => ({ part: (path) => atKey(...path, "secrets", name), reason });
  if ((spec.secrets ?? []).length === 0)
    return {
      part: (path) => atKey(...path, "secrets"),
      reason: "The project has no secrets. List them in `secrets` of `mlspec.yaml`, or leave this out",
    };
  if (runtime === "kubernetes" && from.from === "env")
    return value(
      `The pods of \`${environment}\` have no variables but those that manifests give them. Write \`from: kubernetes\`, and the name of a Secret`,
    );
  if (runtime === "kubernetes" && from.from === "airflow")
    return value(
      "A pod would have the values in its specification, for all who may look at pods. Write `from: kubernetes`, and the name of a Secret",
    );
  if (runtime === "local" && from.from === "kubernetes")
    return value(
      `Programs of \`${environment}\` run on one machine, where no Secret of a cluster is at hand. Write \`from: env\`, or \`from: airflow\``,
    );
  if (from.from === "airflow" && spec.targets.airflow === undefined)
    return value("Airflow is no target of the project. Write `from: env`, or add `airflow` to `targets`");
  if (from.from === "kubernetes" && from.name === undefined) return value("Which Secret of the cluster has the values? Add `name`");
  if (from.from !== "kubernetes" && from.name !== undefined)
    return key("name", "Only `from: kubernetes` has a Secret to name. Leave `name` out");
  if (from.from === "kubernetes" && from.prefix !== undefined)
    return key("prefix", "The keys of a Secret are named as the project names its secrets. Leave `prefix` out");
  if (from.from !== "airflow" && from.connections !== undefined)
    return key("connections", "Only `from: airflow` has Connections. Leave `connections` out");
  return undefined;
}

/** Variables that emitted programs, the shell, Python, Java, Spark or Kubernetes give a meaning. */
const TAKEN = new Set(
  "HOME PATH USER SHELL PWD LANG TZ TERM TMPDIR JAVA_HOME JOB_NAME INTERVAL_START INTERVAL_END MODEL_REGISTRY ONLINE_STORE PORT RELOAD_SECONDS".split(
    " ",
  ),
);
const TAKEN_BEGINNINGS = ["AIRFLOW_", "JAVA_", "JDK_", "KUBERNETES_", "LC_", "LD_", "PYSPARK_", "PYTHON", "SPARK_", "_JAVA_"];

function isTaken(variable: string, project: string): boolean {
  const own = [`${project.toUpperCase()}_HOME`, `${project.toUpperCase()}_PYTHON`];
  return TAKEN.has(variable) || own.includes(variable) || TAKEN_BEGINNINGS.some((beginning) => variable.startsWith(beginning));
}
