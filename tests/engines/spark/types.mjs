// What the compiler says of expressions: their type and whether they can be NULL. JSON in, JSON out.
import { readFileSync } from "node:fs";
import { checkExpression } from "../../../packages/compiler/dist/4-analyze/expr/check.js";
import { fitting } from "../../../packages/compiler/dist/4-analyze/expr/fitting.js";
import { printDataType } from "../../../packages/compiler/dist/4-analyze/types/text.js";
import { parseColumnType } from "../../../packages/compiler/dist/shorthand/index.js";

const { columns = {}, expressions = {}, types = [] } = JSON.parse(readFileSync(0, "utf8"));
const scope = {
  resolve([name]) {
    if (name === "at") return { ref: { scope: "at" }, type: { kind: "timestamp" }, nullable: false };
    const { type, nullable } = parseColumnType(columns[name]).value;
    return { ref: { scope: "dataset", name }, type, nullable };
  },
};
const answer = Object.entries(expressions).map(([name, text]) => {
  const { expr: written } = checkExpression(text, scope);
  // As a derived feature: what may not fit its type may be NULL.
  const { expr } = fitting(written, () => undefined);
  return [name, { type: printDataType(expr.type), nullable: expr.nullable }];
});
const read = types.map((text) => [text, parseColumnType(text)]);
console.log(JSON.stringify({ ...Object.fromEntries(answer), ...Object.fromEntries(read) }));
