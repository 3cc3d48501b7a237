/** Where Feast finds things: paths as it reads them, and its settings. */
import type { EmitContext, FeastTargetSpec, Ir, JsonObject, RedisPlace } from "@mlspec/compiler";

/** As Feast writes an address of S3; a path of the project counts from the repository. */
function pathFor({ folder }: Pick<EmitContext, "folder">, path: string): string | undefined {
  if (path.includes("://")) return path.replace(/^s3a:/, "s3:");
  if (path.startsWith("/")) return path;
  const parts = `${folder}/feast`.split("/").filter((part) => part !== "." && part !== "");
  if (folder.startsWith("/") || parts.includes("..")) return undefined;
  return [...parts.map(() => ".."), path.replace(/^(\.\/)+/, "")].join("/");
}

/** `feature_store.yaml`. */
export function settings(context: EmitContext<FeastTargetSpec>): JsonObject {
  const { ir, options } = context;
  return {
    project: ir.project.name,
    provider: "local",
    registry: options.registry === undefined ? registryOf(context) : written(context, options.registry),
    offline_store: { type: "file" },
    online_store: onlineStore(context),
    entity_key_serialization_version: 3,
  };
}

/** Of a folder Feast makes no more than the last part: a file is beside the repository, where it always can be. */
function registryOf(context: EmitContext<FeastTargetSpec>): string {
  const { root } = context.ir.storage;
  return root.includes("://") ? written(context, `${root}/feast/registry.db`) : "registry.db";
}

/** Feast puts the values of variables in place of `$NAME`, and knows no way to write a `$`. */
function written(context: EmitContext<FeastTargetSpec>, path: string): string {
  const found = located(context, path);
  if (found.includes("$")) refuse(context, path, `Feast takes what follows the \`$\` in \`${found}\` for the name of a variable`);
  return found;
}

/** The path as Feast reads it; one that it cannot find is told. */
export function located(context: EmitContext<FeastTargetSpec>, path: string): string {
  const found = pathFor(context, path);
  if (found === undefined)
    refuse(context, path, `the output lies outside of the project, so that Feast cannot find \`${path}\` from there`);
  return found ?? path;
}

function refuse({ options, report }: EmitContext<FeastTargetSpec>, path: string, message: string): void {
  report({ code: "unsupported-path", severity: "error", message, ...(path === options.registry ? { option: "registry" } : {}) });
}

function onlineStore(context: EmitContext<FeastTargetSpec>): JsonObject {
  const { ir, options } = context;
  if (options.online_store === "redis") {
    const place = redisOf(ir);
    if (place !== undefined) return { type: "redis", connection_string: connection(ir, place) };
    const message = `no group that is served in \`${ir.environment.name}\` is kept on Redis: Feast has no server to share`;
    context.report({ code: "online-store", severity: "error", message, option: "online_store" });
  }
  return { type: "sqlite", path: "online_store.db" };
}

function redisOf(ir: Ir): RedisPlace | undefined {
  return Object.values(ir.stores)
    .map(({ place }) => place)
    .find((place) => place.kind === "redis");
}

/** The variables are those from which jobs of the project take them. */
function connection(ir: Ir, { host, port, database, tls, user, password }: RedisPlace): string {
  const variable = (argument: string, id: string | undefined): readonly string[] => {
    const name = id === undefined ? undefined : ir.secrets[id]?.variable;
    return name === undefined ? [] : [`${argument}=\${${name}}`];
  };
  return [
    `${host}:${port}`,
    ...(database === 0 ? [] : [`db=${database}`]),
    ...(tls ? ["ssl=true"] : []),
    ...variable("username", user),
    ...variable("password", password),
  ].join(",");
}
