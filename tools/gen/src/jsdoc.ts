/** A JSDoc comment as text and tags. Tags may stand on the line of the text, as spec.ts writes them. */
export interface Comment {
  readonly text: string;
  readonly tags: ReadonlyMap<string, readonly string[]>;
}

const TAGS = new Set([
  "declares",
  "references",
  "vars",
  "secret",
  "default",
  "example",
  "unit",
  "exactlyOne",
  "format",
  "minimum",
  "minItems",
  "pattern",
  "mirrors",
  "plugins",
]);

export function parseComment(inner: string, where: string): Comment {
  // A tag begins with `@` after white space; `@acme/…` in backticks is text.
  const [text = "", ...parts] = inner.replace(/\s+/g, " ").split(/(?:^|(?<=\s))@(?=[a-zA-Z]+(?:\s|$))/);
  const tags = new Map<string, readonly string[]>();
  for (const part of parts) {
    const [, name = "", value = ""] = /^([a-zA-Z]+)\s*(.*)$/.exec(part.trim()) ?? [];
    if (!TAGS.has(name)) throw new Error(`${where}: unknown tag @${name}`);
    tags.set(name, [...(tags.get(name) ?? []), value]);
  }
  return { text: text.trim(), tags };
}

/** The words of a tag, split at spaces and commas. */
export function words(comment: Comment, tag: string): readonly string[] {
  return (comment.tags.get(tag) ?? []).flatMap((value) => value.split(/[\s,]+/)).filter((word) => word !== "");
}

export function first(comment: Comment, tag: string): string | undefined {
  return comment.tags.get(tag)?.[0];
}
