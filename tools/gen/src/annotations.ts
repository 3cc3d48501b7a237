import type { InterfaceModel, Language, PropertyModel, TypeModel } from "./model.js";

type Shape = { [key: string]: unknown };

/** The table that the phases walk a project by: which slot declares, references, takes vars, has which format. One constant per interface. */
export function annotationsSource(language: Language): string {
  const done = new Map<string, string>();
  const modelOf = (name: string): InterfaceModel => {
    const model = language.interfaces.get(name);
    if (model === undefined) throw new Error(`${name} is not in spec.ts`);
    return model;
  };
  const interfaceShape = (model: InterfaceModel, partial: boolean): Shape => ({
    noun: nounOf(model.name),
    keys: keysOf(model.properties, partial),
    ...(model.exactlyOne.length === 0 || partial ? {} : { exactlyOne: model.exactlyOne }),
    ...(model.plugins ? { plugins: true } : {}),
    required: partial ? [] : model.properties.filter((property) => !property.optional).map(({ name }) => name),
  });
  const keysOf = (properties: readonly PropertyModel[], partial: boolean): Shape =>
    Object.fromEntries(
      properties.map((property) => [
        property.name,
        {
          about: sentence(property.doc),
          ...(property.declares === undefined ? {} : { declares: property.declares }),
          ...shape(property.type, partial),
        },
      ]),
    );
  const shape = (type: TypeModel, partial: boolean): Shape => {
    if (type.kind === "union") {
      const members = type.members.map((member) => shape(member, partial));
      return { ...(Object.assign({}, ...members) as Shape), types: members.flatMap((member) => member.types ?? ["map"]) };
    }
    const types = {
      string: "text",
      words: "text",
      number: "number",
      boolean: "boolean",
      array: "list",
      map: "map",
      interface: "map",
      mirror: "map",
      unknown: undefined,
    }[type.kind];
    return {
      ...only(type, partial),
      ...(types === undefined ? {} : { types: [type.kind === "number" && type.integer ? "whole number" : types] }),
    };
  };
  const only = (type: Exclude<TypeModel, { kind: "union" }>, partial: boolean): Shape => {
    switch (type.kind) {
      case "interface": {
        const key = `${partial ? "partial" : ""}${type.name}`;
        if (!done.has(key)) done.set(key, JSON.stringify(interfaceShape(modelOf(type.name), partial)));
        return { $spread: key };
      }
      case "mirror":
        return {
          noun: "overrides",
          keys: keysOf(
            modelOf(type.of).properties.filter(({ name }) => type.keys.includes(name)),
            true,
          ),
        };
      case "array":
        return { items: shape(type.items, partial) };
      case "map":
        return { values: shape(type.values, partial) };
      case "words":
        return { words: type.words };
      case "string":
        return Object.fromEntries(Object.entries(type).filter(([key]) => key !== "kind"));
      case "unknown":
        return { free: true };
      default:
        return {};
    }
  };
  const roots = { projectShape: "ProjectSpec", includedShape: "DefinitionsSpec" };
  const tops = Object.entries(roots).map(
    ([constant, name]) => `export const ${constant}: Shape = ${spread(JSON.stringify(interfaceShape(modelOf(name), false)))};`,
  );
  const parts = [...done].map(([key, json]) => `const ${constantOf(key)}: Shape = ${spread(json)};`);
  return ['import type { Shape } from "../shape.js";', "", ...parts, ...tops, ""].join("\n");
}

/** `"$spread":"SourceSpec"` becomes a reference to the interface's constant. */
function spread(json: string): string {
  return json.replace(/"\$spread":"(\w+)"/g, (_, key: string) => `...${constantOf(key)}`);
}

function constantOf(name: string): string {
  return name[0]?.toLowerCase() + name.slice(1);
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
