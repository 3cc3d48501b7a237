import { mistake, ok, type Mistake, type Parsed } from "./result.js";

/** A database of PostgreSQL, as its drivers find it. */
interface DatabaseUrl {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** A way to write the address of a database. */
interface Form {
  readonly scheme: string;
  readonly example: string;
  /** Settings that can follow, and what each can be where that is a choice. */
  readonly settings: Readonly<Record<string, readonly string[] | undefined>>;
}

const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])$/;

/** Settings of the driver that say how to connect. Others name classes to load, files to write, or users. */
const JDBC: Form = {
  scheme: "jdbc:postgresql://",
  example: "`jdbc:postgresql://db.acme.example:5432/shop`",
  settings: {
    ApplicationName: undefined,
    connectTimeout: undefined,
    loginTimeout: undefined,
    socketTimeout: undefined,
    ssl: undefined,
    sslmode: undefined,
    sslrootcert: undefined,
    targetServerType: undefined,
    tcpKeepAlive: undefined,
  },
};

/** Of the modes of TLS, those that leave the choice to the server are left out. */
const LIBPQ: Form = {
  scheme: "postgresql://",
  example: "`postgresql://db.acme.example:5432/features`",
  settings: { sslmode: ["disable", "require", "verify-ca", "verify-full"], sslrootcert: undefined },
};

export function parseJdbcUrl(text: string): Parsed<DatabaseUrl> {
  const other = /^jdbc:([a-z0-9]+):/.exec(text)?.[1];
  const known = other === undefined || other === "postgresql" ? "" : `; \`${other}\` is not supported yet`;
  return text.startsWith(JDBC.scheme)
    ? parseDatabase(text, JDBC)
    : mistake(0, text.length, `a database is named like ${JDBC.example}${known}`);
}

export function parsePostgresUrl(text: string): Parsed<DatabaseUrl> {
  return text.startsWith(LIBPQ.scheme) ? parseDatabase(text, LIBPQ) : mistake(0, text.length, `a database is named like ${LIBPQ.example}`);
}

function parseDatabase(text: string, form: Form): Parsed<DatabaseUrl> {
  const { scheme, example } = form;
  const [address = "", settings] = split(text.slice(scheme.length), "?");
  const [written = "", database] = split(address, "/");
  const server = parseServer(written, { at: scheme.length, port: "5432", like: `a database is named like ${example}` });
  if (!server.ok) return server;
  if (database === undefined || !/^[A-Za-z0-9_$.~-]+$/.test(database))
    return mistake(
      scheme.length,
      address.length,
      `after the server stands \`/\` and the name of a database, in letters, digits, \`_\`, \`$\`, \`.\`, \`~\` and \`-\`: ${example}`,
    );
  const wrong = settings === undefined ? undefined : wrongSetting(settings, scheme.length + address.length + 1, form);
  const said = Object.fromEntries(
    (settings ?? "")
      .split("&")
      .map((setting) => split(setting, "="))
      .filter(([name]) => name !== ""),
  );
  return wrong ?? ok({ url: text, ...server.value, database, settings: said });
}

interface Server {
  readonly host: string;
  readonly port: number;
}

/** `HOST` or `HOST:PORT`. `at` is where it stands. */
function parseServer(server: string, form: { readonly at: number; readonly port: string; readonly like: string }): Parsed<Server> {
  const { at, like } = form;
  const hostAt = server.lastIndexOf("@") + 1;
  // What a mistake names is shown: never a password.
  if (hostAt > 0)
    return mistake(
      at + hostAt,
      server.length - hostAt,
      "before the server stands nothing: user and password have keys of their own, which take secrets",
    );
  if (server.includes(","))
    return mistake(at, server.length, "name one server: which of several answers is for a name of its own to decide");
  const [, host = "", port = form.port] = /^(.*?)(?::(\d+))?$/.exec(server) ?? [];
  if (!HOST.test(host)) return mistake(at, server.length, `this is no host; ${like}`);
  if (Number(port) < 1 || Number(port) > 65_535) return mistake(at, server.length, "a port is a number from 1 to 65535");
  return ok({ host: host.replace(/^\[|\]$/g, ""), port: Number(port) });
}

function split(text: string, at: string): readonly [string, string?] {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

function wrongSetting(settings: string, offset: number, { settings: known }: Form): Mistake | undefined {
  let start = offset;
  for (const setting of settings.split("&")) {
    const [name = "", value] = split(setting, "=");
    if (name === "user" || name === "password")
      return mistake(start, name.length, `\`${name}\` has a key of its own, which takes a secret`);
    if (!Object.hasOwn(known, name))
      return mistake(start, setting.length, `\`${name}\` cannot be set here; what can is ${Object.keys(known).join(", ")}`);
    if (value === undefined || !/^[A-Za-z0-9_./-]+$/.test(value))
      return mistake(start, setting.length, "a setting is written `name=value`, in letters, digits, `_`, `.`, `/` and `-`");
    const choice = known[name];
    if (choice !== undefined && !choice.includes(value))
      return mistake(start + name.length + 1, value.length, `\`${name}\` is one of ${choice.join(", ")}`);
    start += setting.length + 1;
  }
  return undefined;
}

/** Schema and name of a table; without a schema, the user's search path decides. */
type DatabaseTable = readonly [string, string?];

export function parseDatabaseTable(text: string): Parsed<DatabaseTable> {
  const [first = "", second, ...more] = text.split(".");
  if (more.length > 0 || ![first, ...(second === undefined ? [] : [second])].every((part) => /^[\p{L}_][\p{L}\p{N}_$]*$/u.test(part)))
    return mistake(0, text.length, "a table is written `refunds` or `public.refunds`, in letters, digits, `_` and `$`, without quotes");
  return ok(second === undefined ? [first] : [first, second]);
}

/** A database of a Redis server, as its clients find it. */
interface RedisUrl {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly database: number;
  readonly tls: boolean;
}

const REDIS_EXAMPLE = "`rediss://redis.acme.example:6379/0`";

export function parseRedisUrl(text: string): Parsed<RedisUrl> {
  const [scheme = ""] = /^rediss?:\/\//.exec(text) ?? [];
  if (scheme === "") return mistake(0, text.length, `a Redis is named like ${REDIS_EXAMPLE}, or \`redis://…\` without TLS`);
  const [written = "", database = "0"] = split(text.slice(scheme.length), "/");
  const server = parseServer(written, { at: scheme.length, port: "6379", like: `a Redis is named like ${REDIS_EXAMPLE}` });
  if (!server.ok) return server;
  if (!/^\d{1,4}$/.test(database))
    return mistake(
      scheme.length + written.length + 1,
      database.length,
      `after the server stands nothing, or \`/\` and the number of a database: ${REDIS_EXAMPLE}`,
    );
  return ok({ url: text, ...server.value, database: Number(database), tls: scheme === "rediss://" });
}
