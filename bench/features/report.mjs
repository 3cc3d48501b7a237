// What the bench of features says.
import { availableParallelism, cpus, loadavg } from "node:os";
import { median } from "../lib/cpu.mjs";

const spread = (values, digits = 1) => `${Math.min(...values).toFixed(digits)} / ${median(values).toFixed(digits)}`;
const percent = (share) => `${(100 * share).toFixed(1)} %`;

/** Sums, round by round, of commands that are needed together. */
function together(spent, names) {
  const [first] = names;
  return spent[first].map((_, round) => ({
    wall: names.reduce((sum, name) => sum + spent[name][round].wall, 0),
    cpu: names.reduce((sum, name) => sum + spent[name][round].cpu, 0),
    peak: Math.max(...names.map((name) => spent[name][round].peak)),
  }));
}

function offlineTable(spent) {
  const rows = {
    "Spark's start alone": ["start"],
    "emitted: training set, from tiles and events": ["ours"],
    "emitted: tiles of all events, made anew": ["tiles"],
    "emitted: both": ["tiles", "ours"],
    "tuned by hand: from events": ["byHand"],
    "Feast: `get_historical_features`": ["feast"],
    "Feast: windows as of each event, by Spark": ["feastWindows"],
    "Feast: both": ["feastWindows", "feast"],
  };
  const base = Object.fromEntries(["wall", "cpu"].map((key) => [key, median(spent.byHand.map((each) => each[key]))]));
  return [
    "| program | wall, s: least / median | × by hand | CPU, s: least / median | × by hand | largest process, MiB |",
    "|---|---|---|---|---|---|",
    ...Object.entries(rows).map(([title, names]) => {
      const rounds = together(spent, names);
      const of = (key) => rounds.map((each) => each[key]);
      const times = (key) => (median(of(key)) / base[key]).toFixed(2);
      return `| ${title} | ${spread(of("wall"))} | ${times("wall")} | ${spread(of("cpu"))} | ${times("cpu")} | ${Math.max(...of("peak")).toFixed(0)} |`;
    }),
  ];
}

function goals(spent) {
  const of = (key, ...names) => median(together(spent, names).map((each) => each[key]));
  const ratio = (over, under) =>
    ["wall", "cpu"].map((key) => (of(key, ...over) / of(key, ...under)).toFixed(2)).join(" in time, ") + " in CPU";
  return [
    `Goals. Feast's whole way takes ${ratio(["feastWindows", "feast"], ["tiles", "ours"])} of ours with the tiles made anew, and its join alone ${ratio(["feast"], ["ours"])} of our training set's program (goal: 3). Our training set's program takes ${ratio(["ours"], ["byHand"])} of the one by hand, and with tiles made anew ${ratio(["tiles", "ours"], ["byHand"])} (goal: 1.1).`,
  ];
}

function values({ rows, differing, values: said, missing, feast }) {
  return [
    `Values: of ${rows} rows of the emitted training set, ${differing} differ from those by hand (doubles to 1e-9).`,
    "",
    `Feast joins the newest row that was computed before a question. So its values are those of the card's last payment before it, as of that moment: what has left a window since is still in it, and edges are not cut to tiles. ${missing} questions it leaves out: those of cards of which it has rows, but none in the seven days before. Shares of values that are the same, an empty count being 0:`,
    "",
    "| window | rows in which it is not empty | Feast's that agree |",
    "|---|---|---|",
    ...Object.entries(feast).map(([name, share]) => `| ${name} | ${said[name]} | ${percent(share)} |`),
  ];
}

function onlineTable(found) {
  const titles = {
    ours: "emitted service",
    byHand: "by hand: FastAPI, redis.asyncio",
    bare: "the same, without metrics, log and names",
    feast: "`feast serve`, no model",
  };
  const rows = Object.entries(found).flatMap(([connections, services]) => {
    const of = (name, key) => services[name].map((round) => round[key]);
    const times = (name, key) => (median(of(name, key)) / median(of("byHand", key))).toFixed(2);
    return Object.entries(titles).map(
      ([name, title]) =>
        `| ${connections} | ${title} | ${spread(of(name, "p50"), 2)} | ${times(name, "p50")} | ${spread(of(name, "p99"), 2)} | ${times(name, "p99")} | ${median(of(name, "rate")).toFixed(0)} |`,
    );
  });
  return [
    "| connections | service | p50, ms: least / median | × by hand | p99, ms: least / median | × by hand | answers a second |",
    "|---|---|---|---|---|---|---|",
    ...rows,
  ];
}

export function report({ size, offline, online }) {
  const { events, questions, rounds, requests } = size;
  return [
    "# What emitted features cost, beside a hand-written job and service, and Feast",
    "",
    `Made by \`npm run bench -- features --save\` with Node ${process.versions.node} on ${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}; the load at the end was ${loadavg()[0].toFixed(1)}. Compare ratios, not seconds.`,
    "",
    `\`bench/features/project\`: ten windows over the payments of a card (4 counts, 3 sums, 3 greatest values; 10 minutes to 7 days), with declared \`ingested_at\`. ${events.toLocaleString("en")} payments in 100 days, 200 of a card; ${questions.toLocaleString("en")} questions, each asked as a card pays.`,
    "",
    "## A training set",
    "",
    `Whole programs, from their start to their end, Java's included; ${rounds} rounds in which they take turns. CPU is that of all their processes. All Spark has the settings of the emitted programs: two threads, 2 GiB, four partitions. Emitted and tuned by hand read accepted payments and questions from the same Delta tables, and write a Delta table. Tiles are made once, and then kept up to date by each run for its interval; here they are made of all payments at once. Feast (0.67, its file store) reads and writes Parquet; before it can, its windows are computed by Spark, a row for each payment as of when it became known. That is no training set of the same values: see below.`,
    "",
    ...offlineTable(offline.spent),
    "",
    ...goals(offline.spent),
    "",
    ...values(offline.compared),
    "",
    "## A service",
    "",
    `A real Redis holds the tiles as of the end of the data, of the emitted job. Each service is one process on this machine and is asked by one other, which sends the next request over a connection as soon as it has the answer to the last; ${requests} requests after 500 that are not counted, ${rounds} rounds in which services take turns. The one by hand reads the same tiles by one command, sums them up, and asks the same model, once with metrics, a prediction log and named columns for the model, which the emitted one has, and once without. Feast's server answers with the ten values that were computed for the card's last payment, from its own Redis store, and asks no model. Goal: p99 1.2 × that by hand.`,
    "",
    ...onlineTable(online.found),
    "",
    `Of ${online.compared.answers} answers, ${online.compared.differing} of the emitted service differ from those by hand.`,
    "",
  ].join("\n");
}
