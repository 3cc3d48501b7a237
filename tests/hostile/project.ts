/** The project with all keys, with a text in every slot, and what is put there. */
import { base } from "../key-table/base.js";
import type { Trial } from "./rounds.js";
import { get, placesOf, put, slots, type Data, type Path, type Place } from "./slots.js";

const JOBS: readonly Path[] = [
  ["sources", "orders"],
  ["transforms", "sales"],
  ["features", "habits"],
  ["models", "returns"],
];

const FORMERLY: readonly Path[] = [["entities", "customer"], ...JOBS, ["deployments", "api"]];

/** `base` says what it can in one form; the other forms are here. */
function project(): Data {
  const made: Data = structuredClone(base);
  put(made, ["entities", "buyer"], { key: ["customer_id"] });
  put(made, ["features", "bought"], { entity: "buyer", from: "sales", aggregates: { bought: "count(*) over 1h" } });
  put(made, ["sources", "customers", "key"], ["customer_id"]);
  put(made, ["transforms", "labelled", "key"], ["order_id"]);
  // Of a class that nobody knows, every parameter may be one.
  put(made, ["models", "returns", "estimator"], "acme.Model");
  put(made, ["models", "returns", "params"], { text: "plain", nested: { list: ["plain"] } });
  put(made, ["sources", "refunds", "columns", "kind"], { type: "string", pii: "sensitive", renamed_from: "sort" });
  put(made, ["transforms", "labelled", "columns", "kind"], {
    type: "string",
    description: "Where.",
    pii: "sensitive",
    renamed_from: "sort",
  });
  put(made, ["features", "habits", "aggregates", "recent"], { value: "count(*)", over: "1h", renamed_from: "latest" });
  put(made, ["policies", "identified"], { deny: { pii: ["direct"], reaching: ["logs"] } });
  put(made, ["policies", "european"], { deny: { pii: ["direct"], reaching: ["regions"], outside: ["eu-*"] } });
  put(made, ["targets", "kubernetes", "service_account_annotations"], { "eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/shop" });
  put(made, ["targets", "feast", "online_store"], "sqlite");
  put(made, ["environments", "local", "stores", "redis", "password"], "${secret.db_password}");
  for (const place of FORMERLY) put(made, [...place, "renamed_from"], "former");
  for (const place of JOBS) put(made, [...place, "resources"], { cpu: "2", memory: "4Gi" });
  put(made, ["deployments", "nightly", "description"], "Every night.");
  put(made, ["deployments", "nightly", "owner"], "team-g");
  put(made, ["environments", "cloud", "overrides", "deployments", "api", "description"], "Api of the cloud.");
  return made;
}

export const start = project();

const OTHER_PATCHES = /^targets\.(docker|feast|\*)\.patches\./;

/** They would be right only where the same round happens to give a column the same name. */
const NAMED_COLUMNS: ReadonlySet<string> = new Set(["sources.*.checks.*.values.{name}", "tests.*.given.*.*.{name}"]);

/** Why no string is tried there. */
export function reasonToSkip(pattern: string): string | undefined {
  if (pattern.startsWith("environments.*.overrides."))
    return "the same slots as without the prefix: overrides are merged before anything is checked";
  if (NAMED_COLUMNS.has(pattern)) return "names a column: what columns are called is tried where they are declared";
  if (pattern === "tests.*.modes.*")
    return "one of two words, of which nothing comes out: what only some words fit is tried at `policies.*.deny.reaching.*`";
  if (pattern === "sources.*.kafka.schema") return "names a file of the project, which is read: any other string is refused";
  if (OTHER_PATCHES.test(pattern)) return "the same slots as those of `targets.kubernetes`";
  return undefined;
}

export const places: readonly Place[] = slots
  .filter(({ pattern }) => !OTHER_PATCHES.test(pattern) && !NAMED_COLUMNS.has(pattern))
  .flatMap((slot) => placesOf(slot, start));

/** A string of Spark SQL, written as a person would. */
function sqlText(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** Images have packages for buckets alone, so that any other path is refused. */
export function isInBucket({ id }: Place): boolean {
  return id === "storage.path" || id === "environments.cloud.vars.lake";
}

/** Where a text may stand inside of another one, such as an expression, what is around it. */
export function around(place: Place): ((value: string) => string) | undefined {
  if (isInBucket(place)) return (value) => `s3a://shop/${value}`;
  const { format } = place.shape;
  switch (place.kind === "name" ? undefined : format) {
    case "expression":
      return place.pattern.includes("derived")
        ? (value) => `case when profile.segment = ${sqlText(value)} then 1 else 0 end`
        : (value) => `kind <> ${sqlText(value)}`;
    case "aggregate":
      return (value) => `sum(case when kind = ${sqlText(value)} then 1 else 0 end)`;
    case "windowed-aggregate":
      return (value) => `sum(case when kind = ${sqlText(value)} then 1 else 0 end) over [1h, 7d]`;
    case "sql":
      return (value) =>
        `SELECT order_id, customer_id, amount, kind, ordered_at, shipped_at, seen_at, noted_at FROM orders WHERE kind <> ${sqlText(value)}`;
    default:
      return undefined;
  }
}

/** Whether the language takes any text there, as far as its shape says: nothing but this text may differ in the output then. */
export function isFree({ shape, kind }: Place): boolean {
  if (kind === "name") return shape.declares === undefined;
  return shape.format === undefined && shape.words === undefined && shape.references === undefined && shape.pattern === undefined;
}

/** The same trial with nothing hostile in it. */
export function harmless({ place, value }: Trial, wrapped: boolean, index: number): Trial {
  // A text that says nothing is left out, and what can be part of an identifier becomes one.
  if ((value === "" && !wrapped) || (place.kind === "name" && /^\w+$/.test(value))) return plain(place, value);
  if (place.kind === "name") return plain(place, besideTheSame(place, value, index));
  // Owners that are the same have to stay so: a task says whose it is only where that is not the project's.
  if (place.pattern.endsWith("owner")) return plain(place, `team ${[...value].map((each) => each.codePointAt(0)).join(" ")}`);
  const wrap = wrapped ? around(place) : undefined;
  return wrap === undefined ? plain(place, String(get(start, place.path))) : { place, value: "harmless", written: wrap("harmless") };
}

/** A name that stands where the hostile one does: maps are in the order of their names. */
function besideTheSame(place: Place, value: string, index: number): string {
  const before = Object.keys(Object(get(start, place.path)))
    .filter((name) => name < value)
    .sort()
    .at(-1);
  return before === undefined ? `! harmless ${index}` : `${before} harmless ${index}`;
}

function plain(place: Place, value: string): Trial {
  return { place, value, written: value };
}

const NOT_PRINTED: Readonly<Record<string, string>> = {
  "code.*": "a pattern of files: what it finds is printed",
  "vars.{name}": "nothing uses the new variable",
  "transforms.{name}": "nothing reads the new view",
  "entities.{name}": "no group describes the new entity",
  "transforms.sales.columns.kind.description": "shown where a request has the column",
  "policies.*.description": "said where the policy is broken",
  "policies.*.with.*": "read by the project's own code",
  "policies.*.with.{name}": "read by the project's own code",
};

/** Why a value need not be found in the output. */
export function notPrinted({ pattern, id, shape }: Place, wrapped: boolean): string | undefined {
  if (shape.format !== undefined && !wrapped) return "printed as what it means: a date as its numbers";
  if (pattern.endsWith(".renamed_from")) return "only `mlspec plan` reads it";
  if (pattern.startsWith("tests.")) return "only `mlspec test` reads it: see packages/cli/test/test";
  return NOT_PRINTED[pattern] ?? NOT_PRINTED[id];
}

/** Whether a text of the output is the value as this slot has it. */
export function isPrinted({ place, value, written }: Trial): (text: string) => boolean {
  if (place.pattern === "features.*.derived.{name}") return (text) => text === `${place.path[1]}__${value}`;
  // Before what the compiler adds: a name of an image, a folder.
  if (place.id === "targets.docker.registry" || place.id === "vars.lake" || isInBucket(place))
    return (text) => text.startsWith(`${written.replace(/\/+$/, "")}/`);
  // A path counts from where Feast reads it.
  if (place.id === "targets.feast.registry") return (text) => text === value || text === `../../../${value.replace(/^(\.\/)+/, "")}`;
  // A task says what it does, then what its definition is; a column says what it holds, then whether that is personal data.
  if (place.pattern.endsWith("description"))
    return (text) => text === value || text.endsWith(`\n\n${value}`) || text === `${value} Personal data (sensitive).`;
  return (text) => text === value;
}
