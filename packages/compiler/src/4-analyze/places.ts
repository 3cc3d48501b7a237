import { saidOfEach } from "../changed.js";
import type { Memo } from "../memo.js";
import { parseJdbcUrl, parseKafkaServers } from "../shorthand/index.js";
import type { ProjectSpec, SourceSpec } from "../spec.js";
import type { Finding, SpecPath } from "./analysis.js";
import { atValue, finding } from "./finding.js";

/** `${lake}`, `{{ lake }}`, and `$lake` where that is a variable's name. */
function isMiswritten(place: string, vars: object): boolean {
  return /\$\{|\{\{/.test(place) || [...place.matchAll(/\$(\w+)/g)].some(([, name = ""]) => Object.hasOwn(vars, name));
}

/** Where data lies has to be reached from where programs run: a pod sees no folder of this machine, and keeps none of its own. */
export function analyzePlaces(spec: ProjectSpec, environment: string, memo: Memo): readonly Finding[] {
  if (spec.environments[environment]?.runtime !== "kubernetes") return [];
  const { vars = NONE } = spec;
  const ofPlace = (path: SpecPath, place: string | undefined): readonly Finding[] =>
    // A variable that is not there, or not written as one, is told of where it stands.
    place === undefined || isMiswritten(place, vars) || /^(?!file:)[a-z][a-z0-9+.-]*:\/\/./.test(place)
      ? []
      : [finding("path-on-machine", atValue(path), { place, environment })];
  const ofDatabase = (path: SpecPath, address: string | undefined): readonly Finding[] => {
    const url = parseJdbcUrl(address ?? "");
    return url.ok && isThisMachine(url.value.host)
      ? [finding("database-on-machine", atValue(path), { host: url.value.host, environment })]
      : [];
  };
  const ofBrokers = (path: SpecPath, addresses: string | undefined): readonly Finding[] => {
    const servers = parseKafkaServers(addresses ?? "");
    const here = servers.ok ? servers.value.find(({ host }) => isThisMachine(host)) : undefined;
    return here === undefined ? [] : [finding("database-on-machine", atValue(path), { host: here.host, environment })];
  };
  const ofSources = saidOfEach<SourceSpec, Finding>(spec.sources ?? NONE, {
    step: `places in ${environment}`,
    memo,
    on: vars,
    say: (name, { files, table, jdbc, kafka }) => [
      ...ofPlace(["sources", name, "files", "path"], files?.path),
      ...ofPlace(["sources", name, "table", "path"], table?.path),
      ...ofDatabase(["sources", name, "jdbc", "url"], jdbc?.url),
      ...ofPlace(["sources", name, "kafka", "checkpoint"], kafka?.checkpoint),
      ...ofBrokers(["sources", name, "kafka", "bootstrap_servers"], kafka?.bootstrap_servers),
    ],
  });
  return [...ofPlace(["storage", "path"], spec.storage.path), ...ofSources];
}

const NONE = {};

export function isThisMachine(host: string): boolean {
  return /^(?:localhost|127\..*|::1)$/i.test(host);
}
