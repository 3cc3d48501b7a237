/** What `|>` and its operators add to the SELECT that they stand for. */
import type { GroupElement, Select, Star } from "../ast.js";
import { influenced } from "../lineage.js";
import { matches, same, type Attribute, type Scope } from "../scope.js";
import { contains, walkBound, type Bound } from "./bound.js";
import { meant } from "./column.js";
import { report, type Env, type Output } from "./env.js";
import type { Item } from "./select.js";

/** `AGGREGATE … GROUP BY 2`: the second column of what is before the pipe. */
export function placed(select: Select, { attributes }: Scope): Select {
  const { pipe, groupBy } = select;
  if (pipe?.operator !== "AGGREGATE" || groupBy === undefined) return select;
  const columnAt = (element: GroupElement): GroupElement => {
    if (element.kind !== "expression" || element.value.kind !== "literal" || element.value.type.kind !== "int") return element;
    const attribute = attributes[Number(element.value.value) - 1];
    if (attribute === undefined) return element;
    const { span } = element.value;
    const path = [...attribute.qualifier, attribute.name].map((name) => ({ name, span }));
    return { kind: "expression", value: { kind: "column", path, span } };
  };
  const elements = groupBy.elements.map(columnAt);
  const items = select.items.map((item, i) => {
    const element = i < pipe.keys ? elements[i] : undefined;
    return element?.kind === "expression" ? { ...item, value: element.value } : item;
  });
  return { ...select, items, groupBy: { ...groupBy, elements } };
}

/** The table of a column that is selected as it is. */
export function qualifierOf({ op, key }: Bound, { attributes, hidden }: Scope): readonly string[] | undefined {
  if (op !== "column") return undefined;
  return [...attributes, ...hidden].find(({ id }) => `#${id}` === key)?.qualifier;
}

type Replaced = NonNullable<Star["replaced"]>;

export function checkReplaced({ name }: Replaced, env: Env): void {
  const { attributes, open } = env.scope;
  const { length } = attributes.filter((one) => same(one.name, name.name));
  const names = attributes.map((one) => one.name);
  if (length > 1) report(env, "AMBIGUOUS_REFERENCE", name.span, { name: name.name });
  if (length === 0 && !open) report(env, "UNRESOLVED_COLUMN.WITH_SUGGESTION", name.span, { name: name.name }, names);
}

export function replacedItem({ name, value: given }: Replaced, env: Env): Item {
  const value = env.shared.expression(given, env);
  const { type, nullable, lineage } = value;
  return { name: name.name, value, column: { name: name.name, type, nullable, lineage, span: name.span } };
}

/** Aggregates stand in AGGREGATE, and there alone; what DROP names is one column. False where that is wrong, so that nothing else is said of it. */
export function checkPipe({ pipe, items: written }: Select, items: readonly Item[], env: Env): boolean {
  if (pipe === undefined || pipe.operator === "from") return true;
  const count = env.shared.findings.length;
  if (pipe.operator === "DROP") checkDropped(written[0]?.value, env);
  else if (pipe.operator === "AGGREGATE") checkAggregates(written, items, pipe.keys, env);
  else for (const { value } of items) for (const one of aggregatesOf(value).slice(0, 1)) report(env, "PIPE_OPERATOR_CONTAINS_AGGREGATE_FUNCTION", one.span, { op: pipe.operator }); // prettier-ignore
  if (pipe.operator === "EXTEND") refuseStars(written.slice(1), env);
  return env.shared.findings.length === count;
}

function checkAggregates(written: Select["items"], items: readonly Item[], keys: number, env: Env): void {
  refuseStars(written, env);
  if (written.some(({ value }) => value.kind === "star")) return;
  for (const { value } of items.slice(keys)) {
    if (value.type.kind === "unknown") continue;
    if (contains(value, ({ op }) => op === "window"))
      report(env, "UNSUPPORTED_FEATURE.PIPE_OPERATOR_AGGREGATE_UNSUPPORTED_CASE", value.span);
    else if (aggregatesOf(value).length === 0) report(env, "PIPE_OPERATOR_AGGREGATE_EXPRESSION_CONTAINS_NO_AGGREGATE_FUNCTION", value.span);
  }
}

function refuseStars(written: Select["items"], env: Env): void {
  for (const { value } of written) if (value.kind === "star") report(env, "INVALID_USAGE_OF_STAR_OR_REGEX", value.span);
}

function checkDropped(star: Select["items"][number]["value"] | undefined, env: Env): void {
  for (const [name] of star?.kind === "star" ? star.except : [])
    if (name !== undefined && meant(matches(env.scope, [name.name])) > 1)
      report(env, "AMBIGUOUS_REFERENCE", name.span, { name: name.name });
}

/** Those that are written here: an earlier item that is named again is another place. */
function aggregatesOf(root: Bound): readonly Bound[] {
  const found: Bound[] = [];
  walkBound(root, (node) => {
    if (node.op === "aggregate") found.push(node);
    return node.sql?.startsWith("lateralAliasReference(") !== true;
  });
  return found;
}

interface After {
  readonly items: readonly Item[];
  readonly attributes: readonly Attribute[];
  readonly output: Output;
  readonly from: Scope;
}

/** Where rows are passed on as they are, all that could be named still can be. */
export function scopeAfter({ pipe, groupBy }: Select, { items, attributes, output, from }: After): Scope {
  const { columns } = output;
  // Of columns that are not known, nor is the table.
  const open = output.open || from.open;
  const selected = attributes.map((one, i): Attribute => {
    const { lineage, name } = columns[i] ?? one;
    return { ...one, name: name ?? "", lineage, qualifier: items[i]?.qualifier ?? [] };
  });
  // What USING hides can still be named, until groups take the place of rows.
  if (pipe?.operator === "AGGREGATE" || groupBy !== undefined) return { attributes: selected, hidden: [], open };
  const [first] = selected;
  const hidden =
    first === undefined ? from.hidden : from.hidden.map((one) => ({ ...one, lineage: influenced(one.lineage, [first.lineage], "filter") }));
  return { attributes: selected, hidden, open };
}
