// Standalone, strict JSON schemas in kubeconform's file layout, from Kubernetes' swagger.json.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const SPECIAL = {
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": { oneOf: [{ type: "string" }, { type: "integer" }] },
  "io.k8s.apimachinery.pkg.api.resource.Quantity": { oneOf: [{ type: "string" }, { type: "number" }] },
  "io.k8s.apimachinery.pkg.apis.meta.v1.Time": { type: "string", format: "date-time" },
};
const REF = "#/definitions/";
const DROPPED = new Set(["description", "default"]);

/** A schema that refuses unknown fields. */
function strict(schema) {
  if (Array.isArray(schema)) return schema.map(strict);
  if (schema === null || typeof schema !== "object") return schema;
  const out = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key.startsWith("x-kubernetes") || DROPPED.has(key)) continue;
    if (key === "format" && value !== "date-time") continue;
    out[key] =
      key === "properties" ? Object.fromEntries(Object.entries(value).map(([name, property]) => [name, strict(property)])) : strict(value);
  }
  if (out.properties && out.additionalProperties === undefined) out.additionalProperties = false;
  return out;
}

/** The names of the definitions that this one refers to, near and far. */
function reachable(definitions, name, seen = new Set()) {
  const visit = (value) => {
    if (value === null || typeof value !== "object") return;
    if (typeof value.$ref === "string") {
      const target = value.$ref.slice(REF.length);
      if (!seen.has(target)) {
        seen.add(target);
        visit(definitions[target]);
      }
    }
    Object.values(value).forEach(visit);
  };
  visit(definitions[name]);
  return seen;
}

/** Writes `<kind>-<group>-<version>.json` for every kind of the API. */
export function writeSchemas(swagger, folder) {
  const definitions = Object.fromEntries(
    Object.entries(swagger.definitions).map(([name, definition]) => [name, SPECIAL[name] ?? strict(definition)]),
  );
  for (const [name, definition] of Object.entries(swagger.definitions)) {
    const used = Object.fromEntries([...reachable(definitions, name)].map((other) => [other, definitions[other]]));
    for (const { group, version, kind } of definition["x-kubernetes-group-version-kind"] ?? []) {
      const root = structuredClone(definitions[name]);
      if (root.properties?.apiVersion) root.properties.apiVersion.enum = [group ? `${group}/${version}` : version];
      if (root.properties?.kind) root.properties.kind.enum = [kind];
      root.required = [...new Set([...(root.required ?? []), "apiVersion", "kind"])];
      root.definitions = used;
      const suffix = group ? `-${group.split(".")[0]}-${version}` : `-${version}`;
      const schema = { $schema: "http://json-schema.org/draft-07/schema#", ...root };
      writeFileSync(join(folder, `${kind.toLowerCase()}${suffix}.json`), JSON.stringify(schema));
    }
  }
}
