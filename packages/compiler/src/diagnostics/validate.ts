import { didYouMean, error, listOf, quote, type DiagnosticTable } from "./define.js";

export const validateDiagnostics = {
  "unknown-key": error(
    (p: {
      key: string;
      where: string;
      nearest?: string | undefined;
      /** Where it belongs, as a sentence. */
      belongs?: string | undefined;
      /** Keys of which one is needed, and none is there. */
      choice?: readonly string[];
      known: readonly string[];
    }) =>
      `${quote(p.key)} is not a key of ${p.where}.${p.nearest !== undefined ? didYouMean(p.nearest) : p.belongs !== undefined ? ` ${p.belongs}` : p.choice !== undefined && p.choice.length > 0 ? ` It needs ${listOf(p.choice)}.` : p.known.length > 0 && p.known.length <= 12 ? ` It takes ${listOf(p.known, "and")}.` : ""}`,
    {
      what: "A key is not part of the language at this place.",
      why: "A key that is silently ignored is the most expensive kind of typing mistake.",
      fix: "Correct the key, or move it to where it belongs, which the message names where it can; the reference lists the keys of each definition. Keys that begin with `x-` are yours and are not checked.",
    },
  ),
  "missing-key": error(
    (p: { keys: readonly string[]; where: string; about?: string | undefined }) =>
      `${p.where} has no ${listOf(p.keys)}. Add ${p.keys.length === 1 ? "it" : "them"}${p.about === undefined ? "" : `: ${p.about}`}.`,
    {
      what: "A key that a definition cannot do without is missing.",
      why: "There is no default that would be right for everybody.",
      fix: "Add the key. The message says what it is for; the reference has an example.",
    },
  ),
  "wrong-type": error(
    (p: { what: string; wanted: string; found: string; advice?: string | undefined }) =>
      `${p.what} takes ${p.wanted}; this is ${p.found}.${p.advice === undefined ? "" : ` ${p.advice}`}`,
    {
      what: "A value is of another kind than its key takes: a list where a text is wanted, a text where a number is wanted.",
      why: "A value that is bent into shape means something else than what was written.",
      fix: "Write the kind of value that the message names.",
    },
  ),
  "not-one-of": error(
    (p: { what: string; value: string; allowed: readonly string[]; nearest?: string | undefined }) =>
      `${p.what} cannot be ${quote(p.value)}.${p.nearest === undefined ? (p.allowed.length === 1 ? ` There is ${listOf(p.allowed)} only.` : ` It is one of ${listOf(p.allowed)}.`) : didYouMean(p.nearest)}`,
    {
      what: "The key takes one of a few words, and this is none of them.",
      why: "Only these words have a meaning here.",
      fix: "Write one of the words that the message or the reference names.",
    },
  ),
  "exactly-one": error(
    (p: { where: string; keys: readonly string[]; found: readonly string[] }) =>
      `${p.where} needs exactly one of ${listOf(p.keys)}; it has ${p.found.length === 0 ? "none. Add one." : `${listOf(p.found, "and")}. Keep one.`}`,
    {
      what: "Of several keys that exclude each other, none or more than one is given.",
      why: "They are different ways to say the same thing, and one of them has to be said.",
      fix: "Keep one of the keys and remove the others.",
    },
  ),
  "bad-name": error(
    (p: { name: string; reason: string; suggestion?: string | undefined }) =>
      `${quote(p.name)} cannot be a name: ${p.reason}. ${p.suggestion === undefined ? "Choose another." : `${quote(p.suggestion)} would do.`}`,
    {
      what: "The name of a definition is not `snake_case`, is longer than 40 characters, or is a word that Python or Spark keeps for itself.",
      why: "Names become names of tables, Python modules, DAGs, images and Kubernetes objects, and must be right in all of them.",
      fix: "Use lower-case letters, digits and single underscores, beginning with a letter: `card_velocity`.",
    },
  ),
  "bad-value": error(
    (p: { value: string; reason: string }) => `${p.reason.startsWith(quote(p.value)) ? "" : `${quote(p.value)}: `}${p.reason}.`,
    {
      what: "A value is written in a way that its key does not understand: a duration, share, date, type, path, cron expression and so on.",
      why: "A value that is understood only by half means something else than what was written.",
      fix: "Correct the part that is underlined; the message names the form that is wanted.",
    },
  ),
  "too-few": error(
    (p: { what: string; least: number }) => `${p.what} is empty. Write at least ${p.least === 1 ? "one entry" : `${p.least} entries`}.`,
    {
      what: "A list or map has fewer entries than it needs.",
      why: "Empty, it would mean nothing: what is not needed can be left out as a whole.",
      fix: "Write an entry, or remove the key.",
    },
  ),
  "too-small": error((p: { what: string; value: number; least: number }) => `${p.what} is ${p.value}; it cannot be less than ${p.least}.`, {
    what: "A number is below the least value that makes sense.",
    why: "The tools that the number is written for would refuse it.",
    fix: "Write a greater number.",
  }),
  "folded-sql": error(
    (p: { how: string }) => `SQL is ${p.how} here, so its lines are joined and a \`--\` comment eats the rest of the query. Write \`|\`.`,
    {
      what: "SQL stands in a text whose lines YAML joins: after `>`, or over several lines without `|`.",
      why: "With the lines joined, everything after the first `--` comment is part of the comment, and places in error messages are lost.",
      fix: "Write `|` after the key and the SQL on indented lines below it, or the whole query on one line.",
    },
  ),
  "number-version": error(
    (p: { written: string; read: string }) =>
      `${quote(p.written)} is a number to YAML, ${p.read === p.written ? "not a text" : `and means ${p.read}`}. Put the version in quotes: "${p.written}".`,
    {
      what: "A version is written without quotes, so YAML reads it as a number.",
      why: "As a number, `3.10` is 3.1: another version.",
      fix: 'Put the version in quotes: `version: "3.10"`.',
    },
  ),
  "definitions-only": error(
    (p: { key: string }) => `${quote(p.key)} belongs in \`mlspec.yaml\`. An included file holds definitions only.`,
    {
      what: "A file that is named in `include` has a key of the project itself, such as `storage` or `targets`.",
      why: "What holds for the whole project is said in one place.",
      fix: "Move the key to `mlspec.yaml`.",
    },
  ),
  "not-a-map": error(
    (p: { file: string; found: string }) =>
      `${quote(p.file)} is ${p.found}. A project file is a map: keys with values, such as \`project: my_project\`.`,
    {
      what: "The outermost level of the file is a list or a single value.",
      why: "A project is said in keys and values.",
      fix: "Write keys at the outermost level, as in the examples.",
    },
  ),
  "impossible-cron": error((p: { cron: string }) => `${quote(p.cron)} never comes: no month that it names has such a day.`, {
    what: "A cron expression names a day that does not exist, such as 31 February.",
    why: "What is scheduled for it would never run.",
    fix: "Correct the day or the month.",
  }),
} satisfies DiagnosticTable;
