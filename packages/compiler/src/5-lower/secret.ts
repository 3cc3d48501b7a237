/** Secrets, with the variables that programs read and what fills these. */
import { keyedMasks } from "../4-analyze/masking.js";
import { secretsOfSource, secretVariable } from "../4-analyze/secrets.js";
import { postgresOf, redisOf } from "../4-analyze/stores.js";
import type { ProgramWork, Secret, SecretPlace } from "../ir.js";
import { parseConnectionField, secretName } from "../shorthand/index.js";
import type { ProjectSpec, SecretsSpec } from "../spec.js";
import { known, type LowerInput } from "./context.js";
import { nameOf } from "../4-analyze/id.js";

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

/** What a program needs: the secrets of the source that it reads, or the key of the masks in what it computes and those of the stores that it fills or reads. */
export function secretsOf(input: LowerInput, work: ProgramWork): readonly string[] {
  const { spec, datasets } = input.analysis;
  if (work.kind === "ready" || work.kind === "ingest" || work.kind === "history") {
    const source = known(spec.sources ?? {}, work.source.slice("sources.".length));
    // Of a topic, runs read the history.
    return source.kafka === undefined || work.kind === "history" ? idsOf(secretsOfSource(source)) : [];
  }
  const computed = [...("views" in work ? work.views : []), ...(work.kind === "transform" ? [work.transform] : [])];
  const isMasked = computed.some((id) => keyedMasks(known(datasets, nameOf(id))).length > 0);
  const key = isMasked ? maskingKey(spec) : undefined;
  return [...new Set([...(key === undefined ? [] : [key]), ...idsOf(secretsOfStores(input, work))])].sort();
}

function idsOf(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort().map((name) => `secrets.${name}`);
}

function secretsOfStores({ analysis }: LowerInput, work: ProgramWork): readonly string[] {
  const groups =
    work.kind === "materialise" || work.kind === "tiles"
      ? [work.plan]
      : work.kind === "serve"
        ? known(analysis.models, work.model).plans
        : [];
  const { spec, environment } = analysis;
  return groups.flatMap((name) => {
    const group = known(analysis.groups, name);
    const online = group.kind === "request" ? undefined : group.online;
    const server = online === "redis" ? redisOf(spec, environment) : online === "postgres" ? postgresOf(spec, environment) : undefined;
    return [server?.user, server?.password].flatMap((secret) => secret ?? []);
  });
}

/** The id of the secret that is the key of masks. */
export function maskingKey({ masking }: Pick<ProjectSpec, "masking">): string | undefined {
  const name = masking && secretName(masking.key);
  return name === undefined ? undefined : `secrets.${name}`;
}
