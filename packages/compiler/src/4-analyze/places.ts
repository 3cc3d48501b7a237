import { parseJdbcUrl } from "../shorthand/index.js";
import type { ProjectSpec } from "../spec.js";
import type { Finding, SpecPath } from "./analysis.js";
import { atValue, finding } from "./finding.js";

/** `${lake}`, `{{ lake }}`, and `$lake` where that is a variable's name. */
function isMiswritten(place: string, { vars = {} }: ProjectSpec): boolean {
  return /\$\{|\{\{/.test(place) || [...place.matchAll(/\$(\w+)/g)].some(([, name = ""]) => Object.hasOwn(vars, name));
}

/** Where data lies has to be reached from where programs run: a pod sees no folder of this machine, and keeps none of its own. */
export function analyzePlaces(spec: ProjectSpec, environment: string): readonly Finding[] {
  if (spec.environments[environment]?.runtime !== "kubernetes") return [];
  const places: readonly (readonly [SpecPath, string | undefined])[] = [
    [["storage", "path"], spec.storage.path],
    ...Object.entries(spec.sources ?? {}).flatMap(([name, { files, table }]): [SpecPath, string | undefined][] => [
      [["sources", name, "files", "path"], files?.path],
      [["sources", name, "table", "path"], table?.path],
    ]),
  ];
  const folders = places.flatMap(([path, place]) =>
    // A variable that is not there, or not written as one, is told of where it stands.
    place === undefined || isMiswritten(place, spec) || /^(?!file:)[a-z][a-z0-9+.-]*:\/\/./.test(place)
      ? []
      : [finding("path-on-machine", atValue(path), { place, environment })],
  );
  const databases = Object.entries(spec.sources ?? {}).flatMap(([name, { jdbc }]) => {
    const url = parseJdbcUrl(jdbc?.url ?? "");
    return url.ok && isThisMachine(url.value.host)
      ? [finding("database-on-machine", atValue(["sources", name, "jdbc", "url"]), { host: url.value.host, environment })]
      : [];
  });
  return [...folders, ...databases];
}

export function isThisMachine(host: string): boolean {
  return /^(?:localhost|127\..*|::1)$/i.test(host);
}
