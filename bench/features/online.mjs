// Serving: the emitted service, one that is written by hand, and Feast's server, asked by another process.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../tests/engines/setup/lib.mjs";

const DEADLINE = 120_000;

/** Starts a service, and waits until it answers with 200. */
async function started(name, { argv, env, port, ready, path, file }, folder) {
  const log = openSync(join(folder, `${name}.log`), "w");
  const child = spawn(argv[0], argv.slice(1), { cwd: folder, env: { ...process.env, ...env }, stdio: ["ignore", log, log] });
  const end = once(child, "exit");
  const answers = async () => (await fetch(`http://127.0.0.1:${port}${ready}`).catch(() => undefined))?.status === 200;
  for (const begin = Date.now(); !(await answers()); await new Promise((resolve) => setTimeout(resolve, 100))) {
    if (child.exitCode === null && Date.now() - begin < DEADLINE) continue;
    child.kill("SIGTERM");
    throw new Error(`${name} is not ready:\n${readFileSync(join(folder, `${name}.log`), "utf8").slice(-4000)}`);
  }
  return { name, port, path, file, stop: () => (child.kill("SIGTERM"), end) };
}

const closeTo = (a, b) => a === b || (typeof a === "number" && typeof b === "number" && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)));

/** How many answers of the service by hand are not those of the emitted one. */
function differing(ours, theirs) {
  const same = (a, b) =>
    closeTo(a.prediction, b.prediction) && Object.entries(a.features).every(([name, value]) => closeTo(value, b.features[name]));
  return ours.filter((answer, index) => !same(answer, theirs[index])).length;
}

/** Fills Feast's store with the newest rows, for a Feast that thinks of no row as too old. */
function filled(at) {
  const env = at.feastEnv(36_500);
  const feast = (...args) => at.ran(spawnSync(join(at.feast.bin, "feast"), ["-c", at.paths.feastRepo, ...args], at.heard(env)));
  feast("apply");
  feast("materialize", ...at.interval.map((moment) => moment.slice(0, 19)));
  return env;
}

/** Where each service is, and what it is asked. */
async function services(at) {
  const { machine, here, project, folder, interval, paths } = at;
  const bodies = (name, body) => {
    const file = join(folder, `${name}.jsonl`);
    writeFileSync(file, at.cards.map((card) => JSON.stringify(body(card))).join("\n"));
    return file;
  };
  const asked = { path: "/predict", file: bodies("cards", (card) => ({ card_id: card, at: interval[1] })) };
  const [ours, byHand, bare, feast] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const hand = { BENCH_PREFIX: at.prefix, BENCH_REGISTRY: paths.registry, OMP_NUM_THREADS: "1", ...at.redisEnv };
  const feastEnv = filled(at);
  const log = (name) => ({ PREDICTION_LOG: join(folder, `${name}.predictions`) });
  return {
    ours: {
      ...asked,
      port: ours,
      ready: "/readyz",
      cwd: project,
      argv: [machine.python, join(paths.python, "serve_card_api.py")],
      env: { ...at.redisEnv, ...log("ours"), PORT: String(ours), HOST: "127.0.0.1", STORE_MAX_AGE: "3e9" },
    },
    byHand: {
      ...asked,
      port: byHand,
      ready: "/readyz",
      argv: [machine.python, join(here, "by_hand.py"), String(byHand)],
      env: { ...hand, ...log("byHand") },
    },
    bare: {
      ...asked,
      port: bare,
      ready: "/readyz",
      argv: [machine.python, join(here, "by_hand.py"), String(bare)],
      env: { ...hand, ...log("bare"), BARE: "1" },
    },
    feast: {
      path: "/get-online-features",
      file: bodies("feast", (card) => ({ feature_service: "fraud", entities: { card_id: [card] } })),
      port: feast,
      ready: "/health",
      // Without a limit of requests it would start anew while it is asked.
      argv: [join(at.feast.bin, "feast"), "-c", paths.feastRepo, "serve", "-p", String(feast), "--no-access-log", "--max-requests", "0"],
      env: feastEnv,
    },
  };
}

function asked(service, connections, requests, { here, machine }) {
  const args = [join(here, "load.py"), String(service.port), service.path, service.file];
  const { status, stdout, stderr } = spawnSync(
    machine.python,
    [...args, "--connections", String(connections), "--requests", String(requests)],
    { encoding: "utf8", maxBuffer: 1 << 26 },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Latencies of each service by number of connections, one list entry a round; services take turns. */
export async function latencies(at, { rounds, requests, connections }) {
  const running = [];
  try {
    for (const [name, service] of Object.entries(await services(at))) running.push(await started(name, service, at.project));
    const found = Object.fromEntries(connections.map((number) => [number, Object.fromEntries(running.map(({ name }) => [name, []]))]));
    for (const number of connections)
      for (let round = 0; round < rounds; round++)
        for (const service of round % 2 === 0 ? running : running.toReversed())
          found[number][service.name].push(asked(service, number, requests, at));
    const [{ sample: ours }] = found[connections[0]].ours;
    const [{ sample: byHand }] = found[connections[0]].byHand;
    return { found, compared: { answers: ours.length, differing: differing(ours, byHand) } };
  } finally {
    await Promise.all(running.map(({ stop }) => stop()));
  }
}
