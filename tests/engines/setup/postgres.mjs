// A PostgreSQL server of its own, thrown away afterwards. The programs come from the system: nothing on the package registries has them.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { aptInstall, exec, findCommand, freePort, MissingTool } from "./lib.mjs";

const DEBIAN = "/usr/lib/postgresql";
const isRoot = () => process.getuid?.() === 0;

/** The folder with `initdb`, or undefined. */
function installed() {
  const found = existsSync(DEBIAN)
    ? readdirSync(DEBIAN)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(DEBIAN, version, "bin"))
    : [];
  const onPath = findCommand("initdb");
  return [...found, ...(onPath === undefined ? [] : [dirname(onPath)])].find((folder) => existsSync(join(folder, "initdb")));
}

async function ensurePostgres() {
  if (installed() === undefined) await aptInstall("PostgreSQL", "60 MB", "postgresql");
  const bin = installed();
  if (bin === undefined) throw new MissingTool("PostgreSQL", "Install it: `apt-get install postgresql` or `brew install postgresql`");
  return bin;
}

/** A certificate for `localhost`, and the authority that signed it. */
async function writeCertificates(folder) {
  const file = (name) => join(folder, name);
  const openssl = (...args) => exec("openssl", args, { cwd: folder });
  const key = (name) => ["-newkey", "rsa:2048", "-nodes", "-keyout", file(`${name}.key`), "-days", "2"];
  await openssl("req", "-x509", ...key("authority"), "-subj", "/CN=An authority", "-out", file("authority.pem"));
  const signed = ["-CA", file("authority.pem"), "-CAkey", file("authority.key"), "-addext", "subjectAltName=DNS:localhost"];
  await openssl(
    "req",
    "-x509",
    ...key("server"),
    ...signed,
    "-addext",
    "basicConstraints=critical,CA:FALSE",
    "-subj",
    "/CN=localhost",
    "-out",
    file("server.pem"),
  );
  chmodSync(file("server.key"), 0o600);
  chmodSync(file("authority.pem"), 0o644);
  return file("authority.pem");
}

/** `{ port, sql, stop, authorities }`. It takes passwords, as servers do, and its clock is not UTC; with `tls`, connections may be encrypted. */
export async function startPostgres({ tls = false } = {}) {
  const bin = await ensurePostgres();
  const folder = mkdtempSync(join(tmpdir(), "mlspec-postgres-"));
  const password = "the owner of this server";
  writeFileSync(join(folder, "password"), password);
  chmodSync(folder, 0o711);
  const authorities = tls ? await writeCertificates(folder) : undefined;
  // The server refuses to be started by root.
  const as = isRoot() ? ["runuser", "-u", "postgres", "--"] : [];
  if (isRoot()) await exec("chown", ["-R", "postgres", folder]);
  const run = (command, ...args) => exec(...first([...as, join(bin, command), ...args]), { cwd: folder });
  const data = join(folder, "data");
  await run("initdb", "-D", data, "-A", "scram-sha-256", "-U", "postgres", "--pwfile", join(folder, "password"), "-N");
  const port = await freePort();
  const encrypting = tls ? ` -c ssl=on -c ssl_cert_file=${join(folder, "server.pem")} -c ssl_key_file=${join(folder, "server.key")}` : "";
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off -c timezone=America/New_York${encrypting}`;
  await run("pg_ctl", "-D", data, "-w", "-l", join(folder, "log"), "-o", settings, "start");
  return {
    port,
    authorities,
    /** Rows of the last statement, their columns joined by `|`. */
    sql: (text, database = "postgres") => {
      const args = ["-h", "127.0.0.1", "-p", String(port), "-U", "postgres", "-d", database, "-qAt", "-v", "ON_ERROR_STOP=1", "-c", text];
      const env = { ...process.env, PGPASSWORD: password, PGTZ: "UTC" };
      const { status, stdout, stderr } = spawnSync(join(bin, "psql"), args, { env, encoding: "utf8" });
      if (status !== 0) throw new Error(stderr);
      return stdout.split("\n").filter((line) => line !== "");
    },
    stop: async () => {
      await run("pg_ctl", "-D", data, "-m", "immediate", "stop");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const first = ([command, ...args]) => [command, args];
