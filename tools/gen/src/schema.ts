import type { InterfaceModel, Language, PropertyModel, TypeModel } from "./model.js";

export type Schema = { readonly [key: string]: unknown };

/** Keys of third-party emitters: a package or a file of the project. */
export const PLUGIN_KEY = "^(\\./.+|@[a-z0-9~-][a-z0-9._~-]*/[a-z0-9~-][a-z0-9._~-]*|mlspec-[a-z0-9._~-]+)$";

/** JSON Schema 2020-12 of a file whose root is the interface. */
export function schemaOf(language: Language, root: string, title: string): Schema {
  const writer = createWriter(language);
  const main = writer.interface(root, false);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    // A name, no address: the schema is in the package (`mlspec schema`).
    $id: `urn:mlspec:v1:${title}`,
    title,
    ...main,
    $defs: Object.fromEntries([...writer.definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

interface Writer {
  readonly definitions: Map<string, Schema>;
  interface(name: string, partial: boolean): Schema;
}

function createWriter(language: Language): Writer {
  const definitions = new Map<string, Schema>();
  const modelOf = (name: string): InterfaceModel => {
    const model = language.interfaces.get(name);
    if (model === undefined) throw new Error(`${name} is not in spec.ts`);
    return model;
  };
  const reference = (name: string, partial: boolean): Schema => {
    const key = `${partial ? "Partial" : ""}${name}`;
    if (!definitions.has(key)) {
      definitions.set(key, {});
      definitions.set(key, writeInterface(modelOf(name), partial));
    }
    return { $ref: `#/$defs/${key}` };
  };
  const writeInterface = (model: InterfaceModel, partial: boolean): Schema => ({
    ...objectSchema(model.properties, partial, (type) => write(type, partial)),
    description: model.doc,
    ...(model.minItems === undefined ? {} : { minProperties: model.minItems }),
    ...(model.plugins === undefined ? {} : { patternProperties: { "^x-": true, [PLUGIN_KEY]: pluginSchema(model.plugins, partial) } }),
    ...(model.exactlyOne.length === 0 || partial ? {} : { oneOf: model.exactlyOne.map((key) => ({ required: [key] })) }),
  });
  /** All else that it takes is its own. */
  const pluginSchema = (name: string, partial: boolean): Schema => {
    const { properties } = objectSchema(modelOf(name).properties, partial, (type) => write(type, partial));
    return { type: "object", properties };
  };
  const write = (type: TypeModel, partial: boolean): Schema => {
    switch (type.kind) {
      case "interface":
        return reference(type.name, partial);
      case "mirror":
        return objectSchema(
          modelOf(type.of).properties.filter(({ name }) => type.keys.includes(name)),
          true,
          (inner) => write(inner, true),
        );
      case "array":
        return { type: "array", items: write(type.items, partial), ...(type.minItems === undefined ? {} : { minItems: type.minItems }) };
      case "map":
        return {
          type: "object",
          additionalProperties: write(type.values, partial),
          ...(type.minItems === undefined ? {} : { minProperties: type.minItems }),
        };
      case "union":
        return { anyOf: type.members.map((member) => write(member, partial)) };
      default:
        return scalar(type);
    }
  };
  return { definitions, interface: (name, partial) => writeInterface(modelOf(name), partial) };
}

function objectSchema(
  properties: readonly PropertyModel[],
  partial: boolean,
  write: (type: TypeModel) => Schema,
): Schema & { readonly properties: Schema } {
  const required = partial ? [] : properties.filter((property) => !property.optional).map(({ name }) => name);
  return {
    type: "object",
    properties: Object.fromEntries(properties.map((property) => [property.name, { ...write(property.type), ...described(property) }])),
    patternProperties: { "^x-": true },
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
  };
}

function described(property: PropertyModel): Schema {
  const notes = [
    property.doc,
    ...(property.default === undefined ? [] : [`Default: ${property.default}.`]),
    ...(property.unit === undefined ? [] : [`Unit: ${property.unit}.`]),
    ...(property.examples.length === 0 ? [] : [`Example: ${property.examples.map((example) => `\`${example}\``).join(", ")}.`]),
  ];
  return {
    description: property.doc,
    markdownDescription: notes.join("\n\n"),
    ...(property.declares === undefined
      ? {}
      : { "x-declares": property.declares, propertyNames: { pattern: "^[a-z][a-z0-9]*(_[a-z0-9]+)*$", maxLength: 40 } }),
  };
}

function scalar(type: Exclude<TypeModel, { kind: "interface" | "mirror" | "array" | "map" | "union" }>): Schema {
  switch (type.kind) {
    case "number":
      return { type: type.integer ? "integer" : "number", ...(type.minimum === undefined ? {} : { minimum: type.minimum }) };
    case "boolean":
      return { type: "boolean" };
    case "unknown":
      return {};
    case "words":
      return type.words.length === 1 ? { const: type.words[0] } : { enum: type.words };
    case "string":
      return {
        type: "string",
        ...(type.pattern === undefined ? {} : { pattern: type.pattern }),
        ...(type.format === undefined ? {} : { "x-format": type.format }),
        ...(type.references === undefined ? {} : { "x-references": type.references }),
        ...(type.vars === undefined ? {} : { "x-vars": true }),
        ...(type.secret === undefined ? {} : { "x-secret": true }),
      };
  }
}
