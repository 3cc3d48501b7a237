// The fields of a kind in the strict schemas of a Kubernetes version, as the emitter's table of capabilities writes them.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const SCHEMAS = {
  Deployment: "deployment-apps-v1",
  Job: "job-batch-v1",
  CronJob: "cronjob-batch-v1",
  Service: "service-v1",
  HorizontalPodAutoscaler: "horizontalpodautoscaler-autoscaling-v2",
};

/** Paths of all fields; `*` stands for every entry of a list. What the server writes, and people cannot, is left out. */
function fieldsOf(folder, kind) {
  const schema = JSON.parse(readFileSync(join(folder, `${SCHEMAS[kind]}.json`), "utf8"));
  const found = new Set();
  const visit = (node, path, above) => {
    if (typeof node.$ref === "string") {
      const name = node.$ref.split("/").at(-1);
      if (!above.includes(name)) visit(schema.definitions[name], path, [...above, name]);
      return;
    }
    for (const [key, inner] of Object.entries(node.properties ?? {})) {
      const below = path === "" ? key : `${path}.${key}`;
      if (below === "status" || key === "ephemeralContainers") continue;
      found.add(below);
      visit(inner, below, above);
    }
    if (node.items !== undefined) visit(node.items, `${path}.*`, above);
  };
  visit(schema, "", []);
  return found;
}

/** What is wrong in the table, in sentences: a field that newer versions do not know, or one that they brought and the table does not have. */
export function mistakesIn(table, { older, newer }) {
  return Object.entries(table).flatMap(([kind, fields]) => {
    const [before, after] = [fieldsOf(older, kind), fieldsOf(newer, kind)];
    const told = new Set(fields.map(({ path }) => path));
    const unknown = fields.filter(({ path }) => !after.has(path)).map(({ path }) => `${kind} has no ${path}`);
    const inTable = (path) => path.split(".").some((_, i, parts) => told.has(parts.slice(0, i + 1).join(".")));
    const missing = [...after].filter((path) => !before.has(path) && !inTable(path)).map((path) => `${kind} has the new field ${path}`);
    return [...unknown, ...missing];
  });
}
