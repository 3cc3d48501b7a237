import { didYouMean, error, listOf, quote, warning, type DiagnosticTable } from "./define.js";

/** Secrets: their names, the slots that take them, and where an environment has them from. No message ever says a value. */
export const secretDiagnostics = {
  "unknown-secret": error(
    (p: { name: string; nearest?: string | undefined; known: readonly string[] }) =>
      `There is no secret ${quote(p.name)}.${p.nearest !== undefined ? didYouMean(p.nearest) : p.known.length === 0 ? " Name it in `secrets` of `mlspec.yaml`." : ` There is ${listOf(p.known, "and")}.`}`,
    {
      what: "`${secret.name}`, or `connections` of an environment, names a secret that the project does not list.",
      why: "Nobody would know that its value has to be there when programs run.",
      fix: "Correct the name, or add it to `secrets` of `mlspec.yaml`.",
    },
  ),
  "duplicate-secret": error((p: { name: string }) => `The secret ${quote(p.name)} is listed twice. Leave one out.`, {
    what: "`secrets` of the project has the same name twice.",
    why: "Two entries suggest two values, and there is one.",
    fix: "Leave one of them out, or rename it.",
  }),
  "unused-secret": warning((p: { name: string }) => `Nothing uses the secret ${quote(p.name)}. Use it, or take it out.`, {
    what: "A secret of the project is used nowhere.",
    why: "Somebody has to provide it in every environment, for nothing.",
    fix: "Remove it, or use it as `${secret.name}` in a key that takes a secret.",
  }),
  "secret-literal": error(
    (p: { key: string }) =>
      `${quote(p.key)} takes a secret, and nothing else: write \`"\${secret.name}"\` and name it in \`secrets\`. What stands here is known to all who read the file; if it is in use, replace it.`,
    {
      what: "A value is written where a secret belongs.",
      why: "A specification is read by many and kept for ever in its repository. A value that was written there is no secret any more, also after it is taken out.",
      fix: 'Replace the value at its source. Name the secret in `secrets` of the project, and write `"${secret.name}"`; docs/secrets.md says where values come from.',
    },
  ),
  "secret-here": error(
    (p: { text: string }) =>
      `${quote(p.text)} cannot stand here: the value would reach emitted files. Secrets are for keys that take one, as their whole value.`,
    {
      what: "`${secret.name}` stands in a value that takes no secret, or in the middle of a text.",
      why: "No output ever holds a secret, so nothing could be put in its place.",
      fix: "Take it out. What takes a secret is marked in the reference, such as `user` and `password` of `jdbc`.",
    },
  ),
  "secrets-needed": error(
    (p: { environment: string; secrets: readonly string[]; from: string }) =>
      `${quote(p.environment)} does not say where ${listOf(p.secrets, "and")} come${p.secrets.length === 1 ? "s" : ""} from. Add ${quote(p.from)}.`,
    {
      what: "The project has secrets, and an environment has no `secrets`.",
      why: "Programs read each secret from an environment variable; something has to put it there.",
      fix: "Add `secrets: { from: env }` where programs run on one machine, `secrets: { from: kubernetes, name: … }` in a cluster, or `secrets: { from: airflow }` where Airflow starts programs itself.",
    },
  ),
  "secret-source": error((p: { reason: string }) => `${p.reason}.`, {
    what: "Where an environment has its secrets from does not fit the way its programs are started.",
    why: "The value would not be there when a program reads it, or would be shown to more people than may know it.",
    fix: "Do what the message says; docs/secrets.md has what there is.",
  }),
  "database-on-machine": error(
    (p: { host: string; environment: string }) =>
      `${quote(p.host)} is each pod of ${quote(p.environment)} itself, where nothing of this kind runs. Name the server.`,
    {
      what: "An environment runs in a cluster, and a source or an online store is a database, or a broker of Kafka, of this machine.",
      why: "In a pod, `localhost` is the pod.",
      fix: "Name the server's address. That of a source goes into a var, which has another value in each environment.",
    },
  ),
  "secret-variable": error(
    (p: { secret: string; variable: string }) =>
      `The secret ${quote(p.secret)} would be read from ${quote(p.variable)}, which programs read for something else. Rename it, or give another \`prefix\`.`,
    {
      what: "The environment variable of a secret has another meaning already.",
      why: "Programs, Python, Spark or the shell would take the secret for a setting.",
      fix: "Rename the secret, or set `prefix` in `secrets` of the environment.",
    },
  ),
} satisfies DiagnosticTable;
