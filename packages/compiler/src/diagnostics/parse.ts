import { error, quote, warning, type DiagnosticTable } from "./define.js";

const POSITIONS = "It would make it impossible to point at the line that causes a mistake, and to offer an edit that puts it right.";

function others(count: number): string {
  return count === 0 ? "" : count === 1 ? ", and so is another" : `, and so are ${count} others`;
}

export const parseDiagnostics = {
  "yaml-syntax": error((p: { reason: string }) => p.reason, {
    what: "The file is not valid YAML at this place.",
    why: "What cannot be read cannot be checked: of this file, nothing more is said until it is put right. The other files are checked all the same.",
    fix: "Correct the place shown. Most often a `:` or the space behind it is missing, a quote or a bracket is not closed, a value holds `: ` or begins with `*`, `{`, `%` or `@` and needs quotes, or a line is indented by a different number of spaces than its neighbours.",
  }),
  "duplicate-key": error((p: { key: string }) => `${quote(p.key)} is written twice in the same map. Keep one of the two.`, {
    what: "The same key stands twice in one map.",
    why: "YAML readers silently keep one of the two, and not all the same one.",
    fix: "Remove one, or give the second its own name. The other place is shown with the message.",
  }),
  "tab-indentation": error(
    (p: { others: number }) =>
      `This line is indented by a tab${others(p.others)}. YAML is indented by spaces only: replace tabs by spaces.`,
    {
      what: "A tab stands where YAML expects spaces.",
      why: "YAML does not allow tabs in indentation, because their width is a matter of taste.",
      fix: "Replace the tab by spaces, and let the editor insert spaces in YAML files.",
    },
  ),
  "not-utf8": error(
    (p: { offset: number; encoding?: string | undefined }) =>
      p.encoding === undefined
        ? `The file is not UTF-8: byte ${p.offset + 1} does not belong to a character. Save the file as UTF-8.`
        : `The file is ${p.encoding}, not UTF-8. Save it as UTF-8.`,
    {
      what: "The bytes of the file are not UTF-8 text.",
      why: "A guess at another encoding could change names and values without anybody noticing.",
      fix: "Save the file as UTF-8 in the editor, or convert it: `iconv -f latin1 -t utf-8 old.yaml > new.yaml`.",
    },
  ),
  "empty-file": error(
    (p: { file: string }) => `${quote(p.file)} holds nothing but comments and white space. Write a definition, or take the file out.`,
    {
      what: "A file of the project says nothing.",
      why: "An empty file is most often one that was not saved, or a merge gone wrong.",
      fix: "Write the project or definitions into it, or remove the file and its mention in `include`.",
    },
  ),
  "several-documents": error(
    () => "A second YAML document begins here. A file holds one: move what follows to a file of its own and name it in `include`.",
    {
      what: "A `---` line begins a second document in the file.",
      why: "A project file is one map; which of several documents is meant would be a guess.",
      fix: "Remove the `---`, or move what follows it to a file of its own and name that in `include`.",
    },
  ),
  "yaml-anchor": error(
    (p: { word: string }) =>
      `${quote(p.word)} is ${p.word.startsWith("&") ? "a YAML anchor" : "a YAML alias"}, which mlspec does not take. Write the value out${p.word.startsWith("*") ? ", or put it in quotes if it is text" : ""}.`,
    {
      what: "The file uses a YAML anchor (`&name`) or alias (`*name`).",
      why: POSITIONS,
      fix: "Write the value out where it is used. For values that differ between environments there are `vars`. Text that begins with `&` or `*` goes in quotes.",
    },
  ),
  "yaml-merge-key": error(() => "`<<` is a YAML merge key, which mlspec does not take. Write the keys out.", {
    what: "The file uses the merge key `<<`.",
    why: POSITIONS,
    fix: "Write the keys out in each map. What differs between environments belongs in `overrides`.",
  }),
  "yaml-tag": error(
    (p: { tag: string }) =>
      `${quote(p.tag)} is a YAML tag, which mlspec does not take. Remove it, or put the value in quotes if it is text.`,
    {
      what: "The file uses a YAML tag such as `!!str` or `!secret`.",
      why: "A tag changes what a value means, differently in each reader.",
      fix: "Remove the tag. To make text of a number, put it in quotes. Text that begins with `!` goes in quotes.",
    },
  ),
  "key-not-text": error((p: { key: string }) => `${quote(p.key)} cannot be a key. Keys are words: put it in quotes if it is one.`, {
    what: "A key is a list, a map, or nothing at all.",
    why: "Keys are names, and names are text.",
    fix: "Write a name in front of the `:`. A key with special characters goes in quotes.",
  }),
  "prototype-key": error((p: { key: string }) => `${quote(p.key)} cannot be a key: the name is reserved. Choose another.`, {
    what: "A key is `__proto__`, `constructor` or `prototype`.",
    why: "Tools written in JavaScript confuse these names with parts of their own objects, which is a way to attack them.",
    fix: "Choose another name.",
  }),
  "split-comma": error(
    (p: { written: string; whole: string; between: "braces" | "brackets" }) =>
      `The comma ends the value ${quote(p.written)} here, because it stands between ${p.between}. Put the value in quotes: ${quote(JSON.stringify(p.whole))}.`,
    {
      what: "An unquoted value in `{ … }` or `[ … ]` is split at a comma that was meant to be part of it, as in `{ amount: decimal(12,2) }`.",
      why: "Between braces and brackets YAML reads every comma as the end of a value.",
      fix: 'Put the value in quotes: `{ amount: "decimal(12,2)" }`, or write the map over several lines without braces.',
    },
  ),
  "comment-cut": error(
    (p: { kept: string }) => `The value ends at ${quote(p.kept)}: from \` #\` on it is a comment. Put the whole value in quotes.`,
    {
      what: "An unquoted value holds ` #`, and what it was left with has a quote or bracket that is never closed.",
      why: "In YAML a `#` after a space begins a comment, even within what looks like quoted text of another language.",
      fix: "Put the whole value in quotes: `expect: \"colour <> ' #1'\"`.",
    },
  ),
  "comment-or-text": warning(
    (p: { comment: string; kept: string }) =>
      `${quote(p.comment)} is a comment, so the value is ${quote(p.kept)}. Put the value in quotes if the text belongs to it; write \`# \` with a space if it is a comment.`,
    {
      what: "An unquoted text is followed by ` #` and a word without a space between, which looks like a part of the value.",
      why: "In YAML a `#` after a space begins a comment, so the rest of the value would be lost without a word.",
      fix: "Put the value in quotes, or write a space after the `#` of the comment.",
    },
  ),
  "too-deep": error((p: { limit: number }) => `The file is nested more than ${p.limit} levels deep. No project needs that: flatten it.`, {
    what: "Maps and lists are nested too deep.",
    why: "A file may come from a stranger's pull request: it must not be able to exhaust the compiler.",
    fix: "Flatten the structure. The deepest place in the language needs fewer than 20 levels.",
  }),
  "file-too-large": error(
    (p: { megabytes: number; limit: number }) =>
      `The file has ${p.megabytes} MB; at most ${p.limit} MB are read. Split it and name the parts in \`include\`.`,
    {
      what: "A project file is too large to be read.",
      why: "A file may come from a stranger's pull request: it must not be able to exhaust the compiler.",
      fix: "Split the definitions over several files and name them in `include`.",
    },
  ),
} satisfies DiagnosticTable;
