/** A schema in a string, as `from_json` takes it: a type, or the fields of a struct. */
import { Cursor } from "../parse/cursor.js";
import { GRAMMAR } from "../parse/index.js";
import { SqlSyntaxError } from "../parse/lexer.js";
import type { SqlType } from "../types.js";

export function parseTypeText(text: string): SqlType | undefined {
  return parse(text) ?? parse(`struct<${text}>`);
}

function parse(text: string): SqlType | undefined {
  try {
    const cursor = new Cursor(text, GRAMMAR);
    const { type } = GRAMMAR.dataType(cursor);
    return cursor.peek().kind === "end" ? type : undefined;
  } catch (error) {
    if (error instanceof SqlSyntaxError) return undefined;
    throw error;
  }
}
