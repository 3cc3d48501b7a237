// A topic of a real Kafka, behind TLS and a password: a stream that is killed again and again keeps its history, `mlspec run --stream` keeps
// all of them going, `mlspec run` reads an interval of it, and each message has the verdict that a plain program gives it.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { command, counted, same, temporaryFolder } from "../lib/example.mjs";
import { engines } from "../setup/index.mjs";
import { startKafka } from "../setup/kafka.mjs";
import { exec, findCommand, MissingTool } from "../setup/lib.mjs";
import { changes } from "./changes.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { check, finish } = counted("kafka");
const USER = "reader-5f1d";
// What quotes it has to get through.
const PASSWORD = 'canary "word" \\ 8c2e';
const MESSAGES = 20_000;
const CHUNK = 1000;
const REFUNDS = 1000;
const TRANSFERS = 2000;
const READ = 3000;
const KILLS = 3;
const LATENESS = 20_000;
const PATIENCE = 300_000;
// The same each time, so that what fails is what has changed; `SEED=2` looks elsewhere.
const seed = Number(process.env.SEED ?? 1);

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(what, condition, patience = PATIENCE) {
  const deadline = Date.now() + patience;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`${what} takes too long`);
    await pause(20);
  }
}

/** A certificate for this machine that vouches for itself, and its key. */
async function certificate() {
  const openssl = findCommand("openssl");
  if (openssl === undefined) throw new MissingTool("openssl", "Install it: `apt-get install openssl` or `brew install openssl`");
  const folder = mkdtempSync(join(tmpdir(), "mlspec-tls-"));
  const [certificateFile, keyFile] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  try {
    const subject = ["-subj", "/CN=broker", "-addext", "subjectAltName=IP:127.0.0.1"];
    const files = ["-keyout", keyFile, "-out", certificateFile];
    await exec(openssl, ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject, ...files]);
    return { certificate: readFileSync(certificateFile, "utf8"), key: readFileSync(keyFile, "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Numbers from 0 to 1 that a seed decides. */
function dice(start) {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What talks to Kafka and looks at the tables; one request at a time. */
async function openTalk(project, machine, env, door) {
  const child = spawn(machine.python, [join(here, "talk.py"), "generated/local/spark", door], {
    cwd: project,
    env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line.startsWith("{") || line.startsWith('"') || /^(?:null|\d+)$/.test(line)) waiting.shift()?.(JSON.parse(line));
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const next = () =>
    Promise.race([
      new Promise((resolve) => waiting.push(resolve)),
      ended.then((code) => Promise.reject(new Error(`talk.py ended with ${code}`))),
    ]);
  await next();
  let last = Promise.resolve();
  return {
    ask(...request) {
      last = last.then(() => {
        child.stdin.write(`${JSON.stringify(request)}\n`);
        return next();
      });
      return last;
    },
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/** What keeps streams going, in a group of its own, for Spark is its child. */
function startStream(project, env, [program, ...args]) {
  const child = spawn(program, args, { cwd: project, env, detached: true });
  let said = "";
  for (const output of [child.stdout, child.stderr]) output.on("data", (data) => (said += data));
  const ended = new Promise((resolve) => child.on("close", resolve));
  return {
    running: () => child.exitCode === null && child.signalCode === null,
    said: () => said,
    async kill(signal) {
      if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal);
      await ended;
    },
  };
}

const numbers = (folder) => (existsSync(folder) ? readdirSync(folder).filter((name) => /^\d+$/.test(name)) : []);
const newest = (folder) => Math.max(-1, ...numbers(folder).map(Number));

/** Kills the stream some way into its work, as often as asked; what it had begun and what it had finished is said. */
async function killed({ project, start, random, logs }) {
  const checkpoint = join(project, "lake", "till", "history", "payments", "_checkpoint");
  const at = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = newest(join(checkpoint, "offsets"));
    const stream = start();
    const goal = before + 1 + Math.floor(random() * 2);
    await until("a batch", () => newest(join(checkpoint, "offsets")) >= goal || !stream.running());
    await pause(random() * 1200);
    if (!stream.running()) throw new Error(`the stream ended by itself:\n${stream.said()}`);
    await stream.kill("SIGKILL");
    logs.push(stream.said());
    at.push({ begun: newest(join(checkpoint, "offsets")), finished: newest(join(checkpoint, "commits")) });
  }
  console.error(`killed, with batches begun and finished: ${JSON.stringify(at)}`);
}

const markOf = (project) => {
  const file = join(project, "lake", "till", "marks", "history.payments.json");
  return existsSync(file) ? Date.parse(JSON.parse(readFileSync(file, "utf8")).interval_end) : 0;
};

/** Everything that is in a folder, as one text. */
const contents = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "latin1"))
    .join("\n");

function compile(project, env, kafka) {
  cpSync(join(here, "project"), project, { recursive: true });
  const path = join(project, "mlspec.yaml");
  writeFileSync(path, readFileSync(path, "utf8").replace("localhost:9093", kafka.secure));
  return (args) =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [command, ...args], { cwd: project, env });
      let said = "";
      for (const output of [child.stdout, child.stderr]) output.on("data", (data) => (said += data));
      child.on("close", (code) => resolve({ code, said }));
    });
}

async function produceAll(talk) {
  let sent = 0;
  for (let chunk = 0; chunk < MESSAGES / CHUNK; chunk += 1) sent += await talk.ask("produce", "shop.payments", CHUNK, seed + chunk);
  return sent;
}

async function refusals(talk) {
  const producers = await talk.ask("by_producers");
  check(
    "a topic with the time of its producers is refused, and nothing of it is taken in",
    /LogAppendTime/.test(producers.why) && producers.rows === 0,
    JSON.stringify(producers),
  );
  const wrong = await talk.ask("wrong_password", "canary wrong");
  check("a wrong password is told", /[Aa]uthentication failed/.test(wrong.why), wrong.why.slice(0, 2000));
}

async function comparison(talk, interval) {
  const kept = await talk.ask("kept");
  check(
    `each of ${kept.messages} messages of ${kept.partitions} partitions is in the history once, as it came`,
    kept.same && kept.rows === kept.messages && kept.repeated === 0 && kept.partitions === 3 && same(kept.types, [1]),
    JSON.stringify(kept),
  );
  const found = await talk.ask("verdicts", ...interval);
  console.error(`verdicts: ${JSON.stringify(found.counts)}, ${found.interval} of them of the interval`);
  check("each message has one verdict", found.once, JSON.stringify(found));
  check("it is the one that a plain program gives", same(found.different, {}), JSON.stringify(found));
  check("accepted rows are those of a plain program", found.accepted, JSON.stringify(found.sample));
  const kinds = Object.keys(found.counts).sort();
  check(
    "all verdicts were there, and most messages in the interval",
    same(kinds, ["accepted", "conflict", "duplicate", "failed_check", "malformed", "too_late"]) && found.interval > MESSAGES * 0.9,
    JSON.stringify(found),
  );
  const read = await talk.ask("records", 12_000, seed);
  check(
    `each of ${read.texts} messages of CSV, of which ${read.good} are right, is read as RFC 4180 says`,
    read.wrong === 0 && read.rows === read.texts && read.good > 100,
    JSON.stringify(read),
  );
  check("no row was missed", same(found.missed, [{ payments: 0 }, { payments: 0 }]), JSON.stringify(found.missed));
}

/** Messages in Avro: each way of writing and breaking them as a reader says that knows the specification alone, and those of the topic. */
async function avro(talk, transfers) {
  for (const framing of ["none", "confluent"]) {
    const read = await talk.ask("avro_messages", READ, seed, framing);
    check(
      `each of ${read.messages} messages in Avro (framing: ${framing}), of which ${read.good} are right, is read as its specification says`,
      read.wrong === 0 && read.rows === read.messages && read.good > READ / 5 && read.good < READ / 2,
      JSON.stringify(read),
    );
  }
  const found = await talk.ask("transfers");
  console.error(`verdicts of transfers: ${JSON.stringify(found.counts)}`);
  check(
    `each of ${transfers} messages of a topic of Avro has the verdict that a plain program gives it, and what is stored is what it says`,
    found.messages === transfers && same(found.different, {}) && found.stored && Object.keys(found.counts).length === 6,
    JSON.stringify(found),
  );
}

async function main({ project, machine, kafka, env }) {
  const logs = [];
  const mlspec = compile(project, env, kafka);
  const compiled = await mlspec(["compile"]);
  if (!check("the project compiles", compiled.code === 0, compiled.said)) return;
  const talk = await openTalk(project, machine, env, kafka.open);
  await talk.ask("create", "shop.payments", 3, "LogAppendTime");
  await talk.ask("create", "shop.refunds", 1, "LogAppendTime");
  await talk.ask("create", "shop.transfers", 2, "LogAppendTime");
  const begin = new Date();
  const transfers = await talk.ask("produce_transfers", TRANSFERS, seed);
  const refunds = await talk.ask("produce_refunds", REFUNDS, seed);
  const producing = produceAll(talk).then((sent) => ({ sent, end: new Date() }));
  const start = () => startStream(project, env, [machine.python, "generated/local/spark/history_payments.py"]);
  await killed({ project, start, random: dice(seed), logs });
  const stream = startStream(project, env, [process.execPath, command, "run", "--stream", "-e", "local"]);
  const { sent, end } = await producing;
  console.error(`${sent} messages were sent within ${Math.round((end - begin) / 1000)} s`);
  const interval = [begin.toISOString(), end.toISOString()];
  const run = (until) => ["run", "-e", "local", "--interval", `${interval[0]}/${until}`];
  const tomorrow = new Date(end.getTime() + 86_400_000).toISOString();
  const early = await mlspec([...run(tomorrow), "--only", "ready.payments"]);
  check("a run waits for the history", early.code === 1 && /history\.payments has been written up to/.test(early.said), early.said);
  await refusals(talk);
  await until("the history's mark", () => markOf(project) >= end.getTime() + LATENESS || !stream.running());
  check("the stream says how far the history is complete, and goes on", stream.running(), stream.said());
  const beside = await mlspec([...run(interval[1]), "--only", "history.payments"]);
  check("a run beside it leaves the history to it", beside.code === 0 && /0 tasks[^]*kept going by/.test(beside.said), beside.said);
  await stream.kill("SIGTERM");
  const went = /history\.payments +batch \d+ · rows/.test(stream.said()) && /history\.refunds +batch \d+ · rows/.test(stream.said());
  check("all streams go by one command, until it is told to end", went && /Stopped\./.test(stream.said()), stream.said());
  // Only now does nobody else write it.
  const gone = await talk.ask("without_checkpoint");
  check("a history whose checkpoint is gone is left as it is", /checkpoint .* is gone/.test(gone.why) && gone.same, JSON.stringify(gone));
  const tested = await mlspec(["test", "-e", "local"]);
  check("tests of the specification judge messages, too", tested.code === 0 && /1 passed|passed/.test(tested.said), tested.said);
  const ran = await mlspec(run(interval[1]));
  const drained = ["payments", "refunds", "transfers"].every((name) => new RegExp(`history\\.${name} +[\\d,]+ rows`).test(ran.said));
  check("the interval runs", ran.code === 0 && drained, ran.said);
  await comparison(talk, interval);
  const csv = await talk.ask("refunds");
  check(
    `each of ${refunds} messages of a topic of CSV has the verdict that it was made for, and what is stored is what it says`,
    csv.messages === refunds && same(csv.different, {}) && csv.stored && Object.keys(csv.counts).length === 5,
    JSON.stringify(csv),
  );
  await avro(talk, transfers);
  await changes({ project, kafka, env, talk, check });
  await talk.close();
  logs.push(stream.said(), early.said, ran.said);
  check("no log, table, emitted file or message has a password", !/canary/.test(logs.join("") + contents(project)));
}

console.error(`seed ${seed}`);
const folder = temporaryFolder("kafka");
try {
  const machine = await engines.run();
  const tls = await certificate();
  const kafka = await startKafka(machine, { user: USER, password: PASSWORD, tls });
  const secrets = { TILL_KAFKA_USER: USER, TILL_KAFKA_PASSWORD: PASSWORD, TILL_KAFKA_CA: tls.certificate };
  try {
    await main({ project: folder, machine, kafka, env: { ...process.env, ...machine.env, ...secrets } });
  } finally {
    await kafka.stop();
  }
  finish();
} catch (error) {
  if (!(error instanceof MissingTool)) throw error;
  console.error(error.message);
  finish({ skipped: 1, reason: error.message });
} finally {
  if (process.env.KEEP === undefined) rmSync(folder, { recursive: true, force: true });
  else console.error(folder);
}
