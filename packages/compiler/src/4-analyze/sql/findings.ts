/** What the binder finds, as findings of ours at places of the project. */
import { SQL_CONDITIONS } from "../../diagnostics/sql-conditions.js";
import type { SqlFinding, SqlHint } from "../../sql/bind/finding.js";
import type { Span } from "../../text.js";
import type { Finding, Where } from "../analysis.js";
import { finding } from "../finding.js";
import { printName } from "../types/name.js";

type At = (span: Span) => Where;

export function sqlFinding({ condition, args, span, nearest, known = [] }: SqlFinding, at: At): Finding {
  const found = SQL_CONDITIONS.get(condition);
  if (found === undefined) throw new Error(`nothing is said for ${condition}`);
  const where = at(span);
  const says = found.say(args);
  const fix = nearest === undefined ? {} : { replacement: printName(nearest) };
  switch (found.code) {
    case "sql-unresolved-column":
      return finding(
        found.code,
        where,
        { says, condition, name: args["qualifier"] ?? args["name"]?.split(".").at(-1) ?? "", nearest, known },
        fix,
      );
    case "unknown-function":
      return finding(found.code, where, { name: says, nearest, known }, nearest === undefined ? {} : { replacement: nearest });
    default:
      return finding(found.code, where, { says, condition });
  }
}

/** Of tables whose columns are not known, this was said where it comes from; names that Spark makes up are told as columns without names. */
const ECHOES: ReadonlySet<string> = new Set([
  "a column of a table whose columns are not known",
  "the name that Spark makes up for this column",
]);

export function sqlHints(hints: readonly SqlHint[], at: At): readonly Finding[] {
  const own = hints.filter(({ why }) => !ECHOES.has(why));
  return [...new Map(own.map((one) => [`${one.span.start}`, one])).values()].map(({ why, span }) =>
    finding("sql-not-modelled", at(span), { why }),
  );
}
