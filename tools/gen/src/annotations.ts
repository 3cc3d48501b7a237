import type { InterfaceModel, Language, PropertyModel, TypeModel } from "./model.js";

type Shape = { [key: string]: unknown };

/** The table that the phases walk a project by: which slot declares, references, takes vars, has which format. One constant per interface. */
export function annotationsSource(language: Language): string {
  const table: Table = { language, constants: new Map() };
  const roots = { projectShape: "ProjectSpec", includedShape: "DefinitionsSpec" };
  const tops = Object.entries(roots).map(([constant, name]) => {
    const shape = interfaceShape(modelOf(table, name), false, table);
    return `export const ${constant}: Shape = ${spread(JSON.stringify(shape))};`;
  });
  const parts = [...table.constants].map(([key, json]) => `const ${constantOf(key)}: Shape = ${spread(json)};`);
  return ['import type { Shape } from "../shape.js";', "", ...parts, ...tops, ""].join("\n");
}

interface Table {
  readonly language: Language;
  /** JSON of each interface's shape, those that it uses before it. */
  readonly constants: Map<string, string>;
}

function modelOf(table: Table, name: string): InterfaceModel {
  const model = table.language.interfaces.get(name);
  if (model === undefined) throw new Error(`${name} is not in spec.ts`);
  return model;
}

function interfaceShape(model: InterfaceModel, partial: boolean, table: Table): Shape {
  return {
    noun: nounOf(model.name),
    keys: keysOf(model.properties, partial, table),
    ...(model.exactlyOne.length === 0 || partial ? {} : { exactlyOne: model.exactlyOne }),
    ...(model.plugins === undefined ? {} : { plugins: true, values: shapeOf({ kind: "interface", name: model.plugins }, partial, table) }),
    required: partial ? [] : model.properties.filter((property) => !property.optional).map(({ name }) => name),
  };
}

function keysOf(properties: readonly PropertyModel[], partial: boolean, table: Table): Shape {
  const entries = properties.map((property): [string, Shape] => {
    const declares = property.declares === undefined ? {} : { declares: property.declares };
    return [property.name, { about: sentence(property.doc), ...declares, ...shapeOf(property.type, partial, table) }];
  });
  return Object.fromEntries(entries);
}

const KINDS: Readonly<Partial<Record<TypeModel["kind"], string>>> = {
  string: "text",
  words: "text",
  number: "number",
  boolean: "boolean",
  array: "list",
  map: "map",
  interface: "map",
  mirror: "map",
};

function shapeOf(type: TypeModel, partial: boolean, table: Table): Shape {
  if (type.kind === "union") {
    const members = type.members.map((member) => shapeOf(member, partial, table));
    return { ...(Object.assign({}, ...members) as Shape), types: members.flatMap((member) => member["types"] ?? []) };
  }
  const kind = type.kind === "number" && type.integer ? "whole number" : KINDS[type.kind];
  return { ...innerShape(type, partial, table), ...(kind === undefined ? {} : { types: [kind] }) };
}

function innerShape(type: Exclude<TypeModel, { kind: "union" }>, partial: boolean, table: Table): Shape {
  switch (type.kind) {
    case "interface":
      return { $spread: constantFor(type.name, partial, table) };
    case "mirror": {
      const mirrored = modelOf(table, type.of).properties.filter(({ name }) => type.keys.includes(name));
      return { noun: "overrides", keys: keysOf(mirrored, true, table) };
    }
    case "array":
      return { items: shapeOf(type.items, partial, table) };
    case "map":
      return { values: shapeOf(type.values, partial, table) };
    case "words":
      return { words: type.words };
    case "string":
      return Object.fromEntries(Object.entries(type).filter(([key]) => key !== "kind"));
    case "unknown":
      return { free: true };
    default:
      return {};
  }
}

function constantFor(name: string, partial: boolean, table: Table): string {
  const key = `${partial ? "partial" : ""}${name}`;
  if (!table.constants.has(key)) table.constants.set(key, JSON.stringify(interfaceShape(modelOf(table, name), partial, table)));
  return key;
}

/** `"$spread":"SourceSpec"` becomes a reference to the interface's constant. */
function spread(json: string): string {
  return json.replace(/"\$spread":"(\w+)"/g, (_, key: string) => `...${constantOf(key)}`);
}

function constantOf(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

function nounOf(name: string): string {
  return name
    .replace(/Spec$/, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}

function sentence(doc: string): string {
  return /^.*?[.:](?=\s|$)/.exec(doc)?.[0].replace(/[.:]$/, "") ?? doc;
}
