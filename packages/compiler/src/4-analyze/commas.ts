import type { AnalyzeInput, Finding } from "./analysis.js";
import { commaLeftOut } from "./sql-slips.js";
import { sqlText } from "./transform.js";

/** A column that a transform lacks, since a comma is missing in its SQL: `merchant_id country` calls the one the other. */
export function withCommas(findings: readonly Finding[], { spec, sqlFiles }: Pick<AnalyzeInput, "spec" | "sqlFiles">): readonly Finding[] {
  return findings.map((one) => {
    const name = String(one.args["where"]);
    const transform = Object.hasOwn(spec.transforms ?? {}, name) ? spec.transforms?.[name] : undefined;
    const text = one.code === "unknown-column" && transform !== undefined ? sqlText(name, transform, sqlFiles) : undefined;
    const column = String(one.args["name"]);
    const known = one.args["known"];
    const span = text === undefined || !Array.isArray(known) ? undefined : commaLeftOut(text.sql, column, known);
    if (text === undefined || span === undefined) return one;
    const message = `here \`${column}\` gets another name: is a comma missing behind it?`;
    return { ...one, related: [...(one.related ?? []), { message, at: text.at(span) }] };
  });
}
