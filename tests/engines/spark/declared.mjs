// The sources and transforms of a project: columns as declared, SQL. A folder as argument, JSON out.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { printDataType } from "../../../packages/compiler/dist/4-analyze/types/text.js";
import { parseColumnType } from "../../../packages/compiler/dist/shorthand/index.js";

const folder = process.argv[2];
const specs = readdirSync(join(folder, "specs")).map((name) => parse(readFileSync(join(folder, "specs", name), "utf8")));
const of = (kind) =>
  Object.assign({}, ...[parse(readFileSync(join(folder, "mlspec.yaml"), "utf8")), ...specs].map((spec) => spec[kind] ?? {}));
// A topic's broker adds a column.
const declared = (spec) => ({ ...spec.columns, ...(spec.kafka === undefined ? {} : { ingested_at: "timestamp!" }) });
const columns = (spec) =>
  Object.entries(declared(spec)).map(([name, column]) => {
    const { type, nullable } = parseColumnType(column.type ?? column).value;
    return { name, type: printDataType(type), nullable };
  });
const isSql = ([, spec]) => spec.sql !== undefined || spec.sql_file !== undefined;
const transforms = Object.entries(of("transforms"));
// What a function makes is what it declares: queries read it as they read a source.
const tables = [...Object.entries(of("sources")), ...transforms.filter((transform) => !isSql(transform))];
console.log(
  JSON.stringify({
    sources: tables.map(([name, spec]) => ({ name, columns: columns(spec) })),
    transforms: transforms.filter(isSql).map(([name, spec]) => ({
      name,
      sql: spec.sql ?? readFileSync(join(folder, spec.sql_file), "utf8"),
      columns: columns(spec),
    })),
  }),
);
