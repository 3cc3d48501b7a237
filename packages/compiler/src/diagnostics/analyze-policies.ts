import { error, listOf, quote, warning, type DiagnosticTable } from "./define.js";

const because = (why: string): string => (why === "" ? "" : ` (${why.replace(/\.$/, "")})`);

export interface Denied {
  readonly policy: string;
  readonly column: string;
  readonly from: string;
  readonly pii: string;
  readonly where: string;
  readonly why: string;
  /** What masks it on its way. */
  readonly masked?: string | undefined;
  /** Whether it may be there once it is masked. */
  readonly masks: boolean;
  /** Where it is the region that is wrong: the environment. */
  readonly environment?: string | undefined;
}

function leftOf({ from, masked }: Denied): string {
  switch (masked) {
    case undefined:
      return quote(from);
    case "tested":
      return `what a condition tells of ${quote(from)}`;
    case "chosen":
      return `only rows that a condition on ${quote(from)} chooses`;
    default:
      return `what \`mask.${masked}\` leaves of ${quote(from)}`;
  }
}

function insteadOf({ from, masks, environment }: Denied): string {
  if (environment !== undefined)
    return `Run ${quote(environment)} in such a region, or keep the column out of what it stores, such as by \`mask: drop\` at its declaration, which \`overrides\` can say of one environment.`;
  const column = from.slice(from.indexOf(".", from.indexOf(".") + 1) + 1);
  // What `mask.truncate` and `mask.bucket` leave of sensitive data is denied as well.
  return masks
    ? `Leave it out, count it, or mask it in the SQL of a transform, such as by \`mask.keyed_hash(${column})\`.`
    : "Leave it out, or use what tells nothing of one person, such as a count.";
}

/** What code of the project's says, as one line of text. */
const oneLine = (words: string): string =>
  words
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, 400);

/** Rules of the project's own, and personal data. */
export const policyDiagnostics = {
  "policy-denies": error(
    (p: Denied) =>
      `${p.column === p.from ? quote(p.from) : `${quote(p.column)} holds ${leftOf(p)}, which`} is personal data (${p.pii}): the policy ${quote(p.policy)} keeps it out of ${p.where}${because(p.why)}. ${insteadOf(p)}`,
    {
      what: "Personal data gets to a place that a policy of the project keeps it out of. The columns on its way are shown.",
      why: "What features, models, services and logs hold is copied, cached and kept, mostly longer and more widely than the table that it comes from. The project has said that this data must not be there.",
      fix: "Leave the column out, or use what gives nothing away: a count of its values, whether it is NULL. What a `CASE` chooses by it counts as `indirect`, and as `sensitive` where it was. Where the same person has to be recognised, mask the column in the SQL of a transform: `mask.keyed_hash(email)` and `mask.tokenise(email)` make a pseudonym, `mask.truncate(card_number, 6)` and `mask.bucket(amount, 100)` leave a part. What is masked counts as `indirect`, and what was `sensitive` and is cut short stays so. If the column is no personal data, take `pii` from its declaration.",
    },
  ),
  "region-unknown": error(
    (p: { environment: string; policy: string; outside: readonly string[] }) =>
      `The policy ${quote(p.policy)} keeps data in ${listOf(p.outside, "or")}, and ${quote(p.environment)} does not say where it is. Add \`cloud: { provider: aws, region: … }\`.`,
    {
      what: "A policy is about regions, and an environment that runs in a cloud, or stores its data on S3, does not say in which region.",
      why: "Whether the data may be there cannot be known. A rule that cannot be checked is none.",
      fix: "Say where the environment is: `cloud: { provider: aws, region: eu-west-1 }`. Its pods then run on nodes of that region only, and Spark reads and writes its storage there only.",
    },
  ),
  "cloud-idle": error(
    (p: { environment: string; storage: string }) =>
      `${quote(p.environment)} is this machine, with its storage in ${quote(p.storage)}: \`cloud\` would have no effect. Remove it.`,
    {
      what: "An environment of one machine, whose storage is a folder, says in which region of a cloud it is.",
      why: "Nothing that is written depends on it, and where the machine is, nobody checks: a policy about regions would be taken for kept.",
      fix: "Remove `cloud`, or put the storage on S3.",
    },
  ),
  "other-region": error(
    (p: { host: string; found: string; region: string; environment: string }) =>
      `${quote(p.host)} is in ${quote(p.found)} by its name, and ${quote(p.environment)} is in ${quote(p.region)}. Use a server of that region, or correct \`cloud\`.`,
    {
      what: "A server that keeps feature values is in another region than its environment says.",
      why: "What an environment stores is in its region: policies about regions rest on it. Besides, every request would cross regions.",
      fix: "Use a server of the environment's region, or correct the region.",
    },
  ),
  "dropped-column": error(
    (p: { name: string; source: string }) =>
      `${quote(p.source)} does not store ${quote(p.name)}: its mask is \`drop\`. Only checks of the source's rows can read it: \`expect\`, \`values\`, \`not_null\`. Leave it out here, or take \`mask: drop\` from its declaration.`,
    {
      what: "Something reads a column of a source that is not stored: the column says `mask: drop`.",
      why: "Such a column is read and checked as rows are ingested, and then left out, of the table and of the quarantine. What comes later, and what rows are told apart by, cannot have it.",
      fix: "Use another column. Where the value is needed in another form, such as a pseudonym, take `mask: drop` away and mask the column in the SQL of a transform: `mask.keyed_hash(email)`.",
    },
  ),
  "policy-requires": error(
    (p: { policy: string; name: string; key: "owner" | "description" | "checks"; why: string }) =>
      `${quote(p.name)} has no ${p.key === "checks" ? "`checks`" : `\`${p.key}\``}, which the policy ${quote(p.policy)} asks for${because(p.why)}. Add ${p.key === "checks" ? "them" : "it"}.`,
    {
      what: "A definition does not say something that a policy of the project asks for.",
      why: "The project has said that every definition must.",
      fix: "Add the key. An `owner` of the project holds for all its definitions.",
    },
  ),
  "policy-idle": error(
    (p: { policy: string; key: string; why: string }) => `${quote(p.key)} of the policy ${quote(p.policy)} has no effect: ${p.why}.`,
    {
      what: "A part of a policy asks for nothing.",
      why: "Whoever reads the policy takes it for a rule that is kept, and nothing is looked at.",
      fix: "`of` goes with `require`, `with` goes with `use`, `deny` names at least one class of personal data, and only sources have `checks`. Add what is missing, or remove the key.",
    },
  ),
  "policy-broken": error((p: { policy: string; message: string }) => `${oneLine(p.message)} (policy ${quote(p.policy)})`, {
    what: "A policy in code says that something in the project is wrong.",
    why: "The project uses this policy: its message says why.",
    fix: "Do what the message says, or take the policy out of `policies`.",
  }),
  "policy-warned": warning((p: { policy: string; message: string }) => `${oneLine(p.message)} (policy ${quote(p.policy)})`, {
    what: "A policy in code warns of something in the project.",
    why: "The project uses this policy: its message says why.",
    fix: "Do what the message says, or take the policy out of `policies`.",
  }),
  "policy-failed": error(
    (p: { use: string; reason: string }) => `The policy ${quote(p.use)} gave no answer: ${oneLine(p.reason)}. Mend it, or take it out.`,
    {
      what: "A policy in code could not be loaded, failed, or returned something that is no answer.",
      why: "Without its answer nobody knows whether the project keeps to it, so nothing is written.",
      fix: "A policy is a module that exports `policy`, an object with a function `check(project, options)` that returns a list of `{at, message, severity}`. See docs/policies.md.",
    },
  ),
  "policy-refused": error(
    (p: { use: string }) =>
      `The policy ${quote(p.use)} is code of the project's own, which is not run here. Leave out \`--no-plugins\` where you trust the project.`,
    {
      what: "The project uses a policy in code, and code of the project's own is not run.",
      why: "A project that comes with a pull request brings its code with it.",
      fix: "Run it without `--no-plugins` where the project is trusted.",
    },
  ),
  "weak-mask": warning(
    (p: { what: string; column: string }) =>
      p.what.startsWith("mask.")
        ? `${quote(p.what)} leaves too much of ${quote(p.column)}: of many values it leaves all. It counts as personal data still: ${p.what === "mask.bucket" ? "make buckets wider than 1" : "leave 6 characters or fewer"}, write \`mask.keyed_hash(${p.column})\`, or leave it out.`
        : `${quote(p.what)} of ${quote(p.column)} can be undone: whoever has a list of all that it can be, such as all card or telephone numbers, hashes the list and compares. It counts as personal data still: write \`mask.keyed_hash(${p.column})\`, which takes a secret key, or leave it out.`,
    {
      what: "Data that names a person by itself goes through a hash without a key, or through a mask that leaves all or nearly all of it: `mask.truncate` to more than 6 characters, `mask.bucket` with a width of 1 or less.",
      why: "Identifiers are few: all telephone numbers of a country are hashed in seconds. Without a secret the hash is another name for the same person. And they are short: the first eight characters of a social security number leave ten persons.",
      fix: 'Leave less by the mask. For a hash, write `mask.keyed_hash(…)` in place of the hash: it is an HMAC, whose key is a secret of the project (`masking: { key: "${secret.name}" }`, see docs/policies.md). Or leave the column out.',
    },
  ),
  "masking-key-needed": error(
    (p: { mask: string; secrets: readonly string[] }) =>
      `${quote(`mask.${p.mask}`)} needs a key, and the project names none. Add ${quote(`masking: { key: "\${secret.${p.secrets.find((name) => /key|salt|pepper/.test(name)) ?? "masking_key"}}" }`)} to \`mlspec.yaml\`, and the secret to \`secrets\`.`,
    {
      what: "SQL calls a masking function that takes a key, and the project does not say where the key comes from.",
      why: "Without a key that nobody can guess, whoever has a list of what a value can be masks the list and compares. The key may stand in no file, so it is a secret that programs read as they run.",
      fix: 'Name a secret in `secrets` and write `masking: { key: "${secret.name}" }` in `mlspec.yaml`; its value is a long random text, such as `openssl rand -hex 32` gives. docs/policies.md says what is computed with it.',
    },
  ),
  "unused-masking-key": warning(() => "No SQL calls `mask.keyed_hash` or `mask.tokenise`: nothing uses this key. Use it, or take it out.", {
    what: "The project has a key for masking functions, and none that needs it is called.",
    why: "Somebody has to provide the key in every environment, for nothing.",
    fix: "Remove `masking`, or call a function that needs its key.",
  }),
} satisfies DiagnosticTable;
