import { quote } from "../diagnostics/define.js";

/** Why a text cannot be a name, and a name that could be meant. */
export interface BadName {
  readonly reason: string;
  readonly suggestion?: string;
}

const NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const LONGEST = 40;

const PYTHON: ReadonlySet<string> = new Set(
  "false none true and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield match case type".split(
    " ",
  ),
);

/** What `sql_keywords()` of Spark 4.1 marks as reserved. */
const SPARK: ReadonlySet<string> = new Set(
  (
    "all and any as authorization both by case cast check collate collation column constraint create cross current_date current_time current_timestamp current_user distinct else end escape except " +
    "execute false fetch filter for foreign from full grant group having in inner intersect into is join lateral leading left minus natural not null offset on only or order outer overlaps primary " +
    "recursive references right select session_user some sql table then time to trailing union unique unknown user using when where with within"
  ).split(" "),
);

export function badName(name: string): BadName | undefined {
  if (!NAME.test(name)) {
    const suggestion = snakeCase(name);
    const reason = "names are `snake_case`: small letters, digits and single `_`, beginning with a letter";
    return suggestion !== undefined && badName(suggestion) === undefined ? { reason, suggestion } : { reason };
  }
  if (name.length > LONGEST) return { reason: `it has ${name.length} characters, and names have at most ${LONGEST}` };
  if (PYTHON.has(name)) return { reason: `Python keeps ${quote(name)} for itself` };
  if (SPARK.has(name)) return { reason: `Spark SQL keeps ${quote(name)} for itself` };
  return undefined;
}

function snakeCase(name: string): string | undefined {
  const words = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const joined = words.join("_");
  return NAME.test(joined) && joined.length <= LONGEST ? joined : undefined;
}
