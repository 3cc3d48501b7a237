import { error, quote, warning, type DiagnosticTable } from "./define.js";

const because = (why: string): string => (why === "" ? "" : ` (${why.replace(/\.$/, "")})`);

/** What code of the project's says, as one line of text. */
const oneLine = (words: string): string =>
  words
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, 400);

/** Rules of the project's own, and personal data. */
export const policyDiagnostics = {
  "policy-denies": error(
    (p: { policy: string; column: string; from: string; pii: string; where: string; why: string }) =>
      `${p.column === p.from ? quote(p.from) : `${quote(p.column)} holds ${quote(p.from)}, which`} is personal data (${p.pii}): the policy ${quote(p.policy)} keeps it out of ${p.where}${because(p.why)}. Leave it out, or use what does not name anybody: a count, or a class by \`CASE\`.`,
    {
      what: "Personal data gets to a place that a policy of the project keeps it out of. The columns on its way are shown.",
      why: "What features, models, services and logs hold is copied, cached and kept, mostly longer and more widely than the table that it comes from. The project has said that this data must not be there.",
      fix: "Leave the column out, or use what gives nothing away: a count, whether it is NULL, a class that a `CASE` chooses. Where the same person has to be recognised, let the system that writes the source deliver a pseudonym (an HMAC with a key that stays there) and declare that column. If the column is no personal data, take `pii` from its declaration.",
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
      `${quote(p.what)} of ${quote(p.column)} can be undone: whoever has a list of all that it can be, such as all card or telephone numbers, hashes the list and compares. It counts as personal data still: leave it out, or have the source deliver a pseudonym made with a secret key.`,
    {
      what: "Data that names a person by itself goes through a hash without a key.",
      why: "Identifiers are few: all telephone numbers of a country are hashed in seconds. Without a secret the hash is another name for the same person.",
      fix: "Leave the column out. Where the same person has to be recognised, let the system that writes the source deliver a pseudonym (an HMAC with a key that stays there), and declare that column instead.",
    },
  ),
} satisfies DiagnosticTable;
