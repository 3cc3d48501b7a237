// A Kafka broker of its own, thrown away afterwards: one process that is its own controller. Its jars come as Spark's do, with Spark's resolver.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureFolder, exec, freePort, shortHash } from "./lib.mjs";
import { fetchJars } from "./s3.mjs";

const list = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "requirements", "kafka.jars.txt"), "utf8");

/** `{ java, classpath }`: `machine` is what `engines.run()` gives. Scala's library, which Spark's resolver takes to be there, is Spark's. */
async function ensureKafka(machine) {
  const jars = await ensureFolder({
    name: `kafka-4.3.1-${shortHash(list)}`,
    what: "Kafka 4.3.1",
    size: "38 MB",
    make: (target) => fetchJars({ target, list, python: machine.python, env: machine.env }),
  });
  const where = "import pathlib, pyspark; print(pathlib.Path(pyspark.__file__).parent / 'jars')";
  const { stdout } = await exec(machine.python, ["-c", where], { env: machine.env });
  const spark = stdout.trim();
  const scala = readdirSync(spark).find((name) => /^scala-library-2\.13\..*\.jar$/.test(name));
  if (scala === undefined) throw new Error(`${spark} has no scala-library`);
  const { JAVA_HOME: home } = { ...process.env, ...machine.env };
  return { java: home ? join(home, "bin", "java") : "java", classpath: [join(jars, "*"), join(spark, scala)].join(delimiter) };
}

const quote = (text) => text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');

/** The value of a property over several lines, as PEM has them. */
const inLines = (pem) => pem.trimEnd().split("\n").join("\\n\\\n");

/** Three doors: open, with a password, and with a password behind TLS (where `tls` has a certificate and its key, as PEM). */
function properties({ data, ports, user, password, tls }) {
  const [open, sasl, secure, controller] = ports;
  const names = ["OPEN", "SASL", ...(tls ? ["SECURE"] : [])];
  const at = { OPEN: open, SASL: sasl, SECURE: secure };
  const addresses = names.map((name) => `${name}://127.0.0.1:${at[name]}`).join(",");
  const plain = `org.apache.kafka.common.security.plain.PlainLoginModule required "user_${quote(user)}"="${quote(password)}";`;
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=${addresses},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=${addresses}
listener.security.protocol.map=OPEN:PLAINTEXT,SASL:SASL_PLAINTEXT,SECURE:SASL_SSL,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=OPEN
sasl.enabled.mechanisms=PLAIN
listener.name.sasl.plain.sasl.jaas.config=${plain.replaceAll("\\", "\\\\")}
listener.name.secure.plain.sasl.jaas.config=${plain.replaceAll("\\", "\\\\")}
${
  tls
    ? `ssl.keystore.type=PEM
ssl.keystore.certificate.chain=${inLines(tls.certificate)}
ssl.keystore.key=${inLines(tls.key)}
`
    : ""
}log.dirs=${join(data, "logs")}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
`;
}

const LOG4J = `<Configuration><Appenders><Console name="c"><PatternLayout pattern="%d %p %c{1} %m%n"/></Console></Appenders>
<Loggers><Root level="INFO"><AppenderRef ref="c"/></Root></Loggers></Configuration>
`;
const PATIENCE = 60_000;

/** `{ open, sasl, secure, user, password, stop }`: addresses of the broker's doors. `env` is what the broker gets besides. */
export async function startKafka(machine, { user = "reader", password = "word", tls, env } = {}) {
  const { java, classpath } = await ensureKafka(machine);
  const data = mkdtempSync(join(tmpdir(), "mlspec-kafka-"));
  const ports = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const [config, log] = [join(data, "server.properties"), join(data, "broker.log")];
  writeFileSync(config, properties({ data, ports, user, password, tls }));
  writeFileSync(join(data, "log4j2.xml"), LOG4J);
  mkdirSync(join(data, "logs"));
  const options = ["-Xmx400m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", `-Dlog4j2.configurationFile=${join(data, "log4j2.xml")}`];
  const base = [...options, "-cp", classpath];
  await exec(java, [...base, "kafka.tools.StorageTool", "format", "--cluster-id", "bWxzcGVjLWVuZ2luZS1rYQ", "--config", config]);
  const output = openSync(log, "w");
  const server = spawn(java, [...base, "kafka.Kafka", config], { stdio: ["ignore", output, output], env: { ...process.env, ...env } });
  const ended = once(server, "exit");
  const deadline = Date.now() + PATIENCE;
  while (!readFileSync(log, "utf8").includes("Kafka Server started")) {
    if (Date.now() > deadline || server.exitCode !== null)
      throw new Error(`Kafka does not start:\n${readFileSync(log, "utf8").slice(-4000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const [open, sasl, secure] = ports.map((port) => `127.0.0.1:${port}`);
  return {
    open,
    sasl,
    secure,
    user,
    password,
    log,
    stop: async () => {
      server.kill("SIGTERM");
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}
