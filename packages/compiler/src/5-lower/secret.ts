/** Secrets, with the variables that programs read and what fills these. */
import { keyedMasks } from "../4-analyze/masking.js";
import { secretsOfSource, secretVariable } from "../4-analyze/secrets.js";
import type { ProgramWork, Secret, SecretPlace } from "../ir.js";
import { parseConnectionField, secretName } from "../shorthand/index.js";
import type { ProjectSpec, SecretsSpec } from "../spec.js";
import { known, type LowerInput } from "./context.js";

export function lowerSecrets({ analysis: { spec, environment } }: LowerInput): readonly Secret[] {
  const from = known(spec.environments, environment).secrets;
  if (from === undefined) return [];
  return (spec.secrets ?? []).map((name) => ({
    id: `secrets.${name}`,
    name,
    variable: secretVariable(spec, from, name),
    from: placeOf(from, spec.project, name),
  }));
}

function placeOf({ from, name: object = "", prefix, connections }: SecretsSpec, project: string, name: string): SecretPlace {
  switch (from) {
    case "env":
      return { kind: "env" };
    case "kubernetes":
      return { kind: "kubernetes", object, key: name };
    case "airflow": {
      const field = parseConnectionField(connections?.[name] ?? "");
      return field.ok
        ? { kind: "airflow_connection", ...field.value }
        : { kind: "airflow_variable", key: `${prefix ?? `${project}_`}${name}` };
    }
  }
}

/** What a program needs: the secrets of the source that it reads, the key of the masks in what it computes. */
export function secretsOf({ analysis }: LowerInput, work: ProgramWork): readonly string[] {
  if (work.kind === "ready" || work.kind === "ingest") {
    const names = secretsOfSource(known(analysis.spec.sources ?? {}, work.source.slice("sources.".length)));
    return [...new Set(names)].sort().map((name) => `secrets.${name}`);
  }
  const computed = [...("views" in work ? work.views : []), ...(work.kind === "transform" ? [work.transform] : [])];
  const isMasked = computed.some((id) => keyedMasks(known(analysis.datasets, id.slice(id.indexOf(".") + 1))).length > 0);
  return isMasked ? [maskingKey(analysis.spec) ?? []].flat() : [];
}

/** The id of the secret that is the key of masks. */
export function maskingKey({ masking }: Pick<ProjectSpec, "masking">): string | undefined {
  const name = masking && secretName(masking.key);
  return name === undefined ? undefined : `secrets.${name}`;
}
