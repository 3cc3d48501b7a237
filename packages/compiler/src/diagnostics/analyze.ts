import { avroDiagnostics } from "./analyze-avro.js";
import { didYouMean, error, listOf, quote, type DiagnosticTable, warning } from "./define.js";
import { columnDiagnostics } from "./analyze-columns.js";
import { expressionDiagnostics } from "./analyze-expressions.js";
import { leakageDiagnostics } from "./analyze-leakage.js";
import { policyDiagnostics } from "./analyze-policies.js";
import { testDiagnostics } from "./analyze-tests.js";
import { sqlDiagnostics } from "./analyze-sql.js";
import { modelDiagnostics } from "./analyze-models.js";
import { timeDiagnostics } from "./analyze-time.js";
import { transformDiagnostics } from "./analyze-transforms.js";

const known = (names: readonly string[]): string => (names.length > 0 && names.length <= 8 ? ` There is ${listOf(names, "and")}.` : "");
const suggest = (nearest: string | undefined, names: readonly string[]): string =>
  nearest === undefined ? known(names) : didYouMean(nearest);

const LABELS: Readonly<Record<string, string>> = {
  binary_classification: "a boolean, or a whole number that is 0 or 1",
  multiclass_classification: "a text or a whole number",
  regression: "a number",
};

export const analyzeDiagnostics = {
  ...avroDiagnostics,
  ...columnDiagnostics,
  ...expressionDiagnostics,
  ...sqlDiagnostics,
  ...timeDiagnostics,
  ...transformDiagnostics,
  ...leakageDiagnostics,
  ...policyDiagnostics,
  ...testDiagnostics,
  ...modelDiagnostics,
  "sql-syntax": error(
    (p: { message: string; advice?: string | undefined }) =>
      `Spark cannot read this SQL: ${p.message}. ${p.advice ?? "The mistake may also be just before, such as a comma too few."}`,
    {
      what: "The SQL of a transform cannot be parsed.",
      why: "Spark would refuse it too, but only when the job runs.",
      fix: "Correct the place that is underlined; the mistake may also be just before it.",
    },
  ),
  "sql-too-deep": error(
    () => "This SQL chains or nests too many operators. Split it: use `IN (…)`, a list of values to join, or a transform of its own.",
    {
      what: "A chain of operators is longer than 1,000, or brackets are nested deeper than parsers survive.",
      why: "Parsers, Spark's too, run out of stack on such expressions.",
      fix: "Write a long chain of `OR` as `IN (…)` or as a join, a long `||` as `concat(…)`, or split the query into transforms.",
    },
  ),
  "sql-not-one-statement": error(
    (p: { count: number }) =>
      p.count === 0
        ? "There is no statement here. Write one SELECT."
        : `There are ${p.count} statements here. Write one SELECT; further ones are transforms of their own.`,
    {
      what: "The SQL of a transform is empty or has more than one statement.",
      why: "A transform is one table.",
      fix: "Keep one SELECT, and make a transform of each other.",
    },
  ),
  "sql-not-a-select": error(
    (p: { found: string; nearest?: string | undefined }) =>
      `A transform is a SELECT; this is ${quote(p.found)}.${p.nearest === undefined ? " Write the query only: mlspec emits what stores it." : didYouMean(p.nearest)}`,
    {
      what: "The SQL of a transform is a statement other than a query.",
      why: "Where and how results are stored is said by the spec, so that a run can be repeated.",
      fix: "Write the SELECT alone; `as: table` stores its result.",
    },
  ),
  "sql-starts-program": error(
    () =>
      "This pipes the rows through a program of each machine: what comes out depends on what is installed there, and its types are not known. Write it in SQL, or as a transform with `python`.",
    {
      what: "The SQL of a transform starts a program: `TRANSFORM (…) USING 'program'`, `MAP … USING`, `REDUCE … USING`. Spark takes it.",
      why: "The program is a command of a shell that no file of the project has, on machines that may not have it, and gives texts that nobody has checked. The same input would not give the same rows.",
      fix: "Write what the program does in SQL, or as a Python function: a transform with `python` runs the project's own code, and declares its `columns`.",
    },
  ),
  "sql-time-travel": error(
    (p: { what: string }) =>
      `${quote(p.what)} asks for an earlier version of a table: a job gives its query rows, not tables with versions, and Spark refuses it. Choose by a time that the rows carry, such as \`WHERE received_at < TIMESTAMP '2026-01-01'\`.`,
    {
      what: "The SQL of a transform reads a table as of a version or a moment: `VERSION AS OF`, `TIMESTAMP AS OF`, `FOR SYSTEM_TIME AS OF`.",
      why: "A transform reads sources and transforms by their names, as the rows that its job has read, checked and put in order. They have no versions, so Spark stops the job (`UNSUPPORTED_FEATURE.TIME_TRAVEL`). And versions of a table are thrown away in time (by `VACUUM`, or when snapshots expire): a run of an old interval would fail, or give other rows.",
      fix: "Where what was known at a moment is meant, select rows by the time at which they became known: `WHERE received_at < TIMESTAMP '2026-01-01'`. Features need not even that: they take what was known at each moment by themselves. Where one fixed state of a table is meant, keep it as a table or files of its own (`CREATE TABLE … DEEP CLONE … VERSION AS OF 5`, or an export), and declare that as a source.",
    },
  ),
  "unknown-table": error(
    (p: { name: string; nearest?: string | undefined; known: readonly string[] }) =>
      `There is no source or transform ${quote(p.name)}.${suggest(p.nearest, p.known)}`,
    {
      what: "SQL reads a table that is no source, no transform and no `WITH` query.",
      why: "Every table has a definition, so that it is there when the job runs.",
      fix: "Correct the name, or define the source.",
    },
  ),
  "value-type": error(
    (p: { value: string; column: string; type: string }) =>
      `${quote(p.value)} can never be a value of ${quote(p.column)}, which is ${p.type}. Write values of that type: text in quotes, numbers without.`,
    {
      what: "A value in a `values` check is not of its column's type.",
      why: "The check would refuse every row, or pass for no reason.",
      fix: "Write values of the column's type; text in quotes, numbers without.",
    },
  ),
  "check-action": error(
    (p: { check: string; action: string; allowed: readonly string[] }) =>
      `A ${p.check} check looks at the whole dataset, so it cannot ${quote(p.action)}. It takes ${listOf(p.allowed)}.`,
    {
      what: "`unique` or `freshness` says `quarantine`.",
      why: "There is no single row that is at fault.",
      fix: "Write `fail` or `warn`.",
    },
  ),
  "group-incomplete": error(
    (p: { group: string; key: string }) => `${quote(p.group)} has aggregates or columns, so it needs \`${p.key}\`. Add it.`,
    {
      what: "A feature group over a dataset does not say its entity or its dataset.",
      why: "Features describe an entity and are computed from a dataset.",
      fix: "Add `entity` and `from`.",
    },
  ),
  "group-key": error((p: { key: string; reason: string }) => `\`${p.key}\` has no effect here: ${p.reason}. Remove it.`, {
    what: "A key of a feature group has no effect together with its others.",
    why: "A key that is silently ignored misleads whoever reads the spec.",
    fix: "Remove the key.",
  }),
  "view-key": error(
    (p: { key: string }) => `\`${p.key}\` has no effect on a view, which is computed where it is read. Remove it, or write \`as: table\`.`,
    {
      what: "A transform that is not stored says when it is computed, or what its job asks for.",
      why: "A view has no job of its own: a key that is silently ignored misleads whoever reads the spec.",
      fix: "Remove the key, or store the transform with `as: table`.",
    },
  ),
  "window-size": error((p: { window: string; reason: string }) => `The window ${quote(p.window)} does not fit: ${p.reason}.`, {
    what: "A window is no multiple of its tile, or the tile does not divide a day.",
    why: "Windows are put together from whole tiles, and tiles must meet at midnight.",
    fix: "Choose a window that is a multiple of the tile, or set `tile` of the group.",
  }),
  "duplicate-output": error(
    (p: { name: string; group: string }) =>
      `${quote(p.group)} has two outputs named ${quote(p.name)}. Rename one, or remove the repeated window.`,
    {
      what: "Two outputs of a feature group have the same name, or one window is given twice.",
      why: "A name must mean one value.",
      fix: "Rename an aggregate or derived value, or remove one of two equal windows (`60m` and `1h`).",
    },
  ),
  "request-types": error(
    (p: { column: string; types: readonly string[] }) =>
      `Models disagree on the type of the request column ${quote(p.column)}: their observations have ${p.types.join(" and ")}. Cast it to one type in their transforms.`,
    {
      what: "A group with request columns is used by models whose observations give them different types.",
      why: "A feature has one type.",
      fix: "Cast the column in one of the transforms, or use two groups.",
    },
  ),
  "label-type": error(
    (p: { column: string; type: string; task: string }) =>
      `The label ${quote(p.column)} is ${p.type}; ${p.task.replaceAll("_", " ")} learns ${LABELS[p.task] ?? "another type"}. Name another column, or change the task.`,
    {
      what: "The label's type does not fit the model's task.",
      why: "Binary classification learns a boolean or 0 and 1, multiclass a text or whole number, regression a number.",
      fix: "Name another column, change the task, or convert the label in a transform.",
    },
  ),
  "duplicate-input": error((p: { name: string }) => `${quote(p.name)} is an input already. Remove one.`, {
    what: "A model lists a feature twice, by itself or with its group, or a function lists an input twice.",
    why: "An input has one column, or one table, for each name.",
    fix: "Remove the second mention.",
  }),
  "unknown-metric": error(
    (p: { name: string; nearest?: string | undefined; known: readonly string[]; task: string }) =>
      `${quote(p.name)} is no metric for ${p.task.replaceAll("_", " ")}.${p.nearest === undefined ? ` It takes ${listOf(p.known)}.` : didYouMean(p.nearest)}`,
    {
      what: "A metric is not known, or does not fit the model's task.",
      why: "It could not be computed.",
      fix: "Choose one of the metrics that the message names.",
    },
  ),
  "gate-shape": error(() => "A gate compares: write it as `metric >= value` or `metric >= champion.metric - value`.", {
    what: "A gate is no single comparison.",
    why: "It must be said which two numbers were compared, and how it came out.",
    fix: "Write one comparison per entry; all of them must hold.",
  }),
  "deployment-key": error(
    (p: { key: string; serve: string; has: boolean }) =>
      p.has
        ? `\`${p.key}\` has no effect where \`serve\` is ${quote(p.serve)}. Remove it.`
        : `\`serve: ${p.serve}\` needs \`${p.key}\`. Add it.`,
    {
      what: "A deployment has a key of the other way to serve, or lacks one of its own.",
      why: "Batch deployments score `rows` on a `schedule`; online ones answer requests with `scale` replicas.",
      fix: "Add or remove the key.",
    },
  ),
  "not-online": error(
    (p: { group: string; deployment: string }) =>
      `${quote(p.deployment)} serves online, but the group ${quote(p.group)} that its model needs is not kept for serving. Add \`online: sqlite\` to it.`,
    {
      what: "An online deployment's model needs a feature group without `online`.",
      why: "Its values could not be looked up when a request comes.",
      fix: "Add `online: sqlite` to the group, or `online: redis` or `online: postgres`: docs/online-stores.md.",
    },
  ),
  "store-needed": error(
    (p: { group: string; environment: string; kind: "redis" | "postgres"; title: string }) =>
      `${quote(p.group)} is kept in ${p.title}, and ${quote(p.environment)} does not say where that is. Add \`stores: { ${p.kind}: { url: … } }\` to it, or keep the group in a file there: \`overrides: { features: { ${p.group}: { online: sqlite } } }\`.`,
    {
      what: "A feature group says `online: redis` or `online: postgres`, and the `stores` of an environment have no such server.",
      why: "The job that fills the store and the service that reads it would not know where to connect to.",
      fix: "Add `stores` to the environment, or override `online` of the group there: docs/online-stores.md.",
    },
  ),
  "unused-store": warning(
    (p: { environment: string; kind: "redis" | "postgres"; title: string }) =>
      `No feature group of ${quote(p.environment)} is kept in ${p.title}: \`${p.kind}\` has no effect. Remove it, or write \`online: ${p.kind}\`.`,
    {
      what: "An environment says where Redis or PostgreSQL is, and no feature group is kept there.",
      why: "Whoever reads the environment believes that the server is needed, and keeps it running.",
      fix: "Remove the server, or write `online: redis` or `online: postgres` in the groups that belong there.",
    },
  ),
  "scale-bounds": error(
    (p: { min: number; max: number }) => `\`min\` (${p.min}) is more than \`max\` (${p.max}). Exchange the two, or correct one.`,
    {
      what: "The fewest replicas are more than the most.",
      why: "No number of replicas would be right.",
      fix: "Exchange the two, or correct one.",
    },
  ),
  cycle: error((p: { path: readonly string[] }) => `This goes round in a circle: ${p.path.map((name) => `\`${name}\``).join(" → ")}.`, {
    what: "Definitions need each other.",
    why: "None of them could be computed first.",
    fix: "Break the circle: most often one query should read a source instead of a transform.",
  }),
  "unsupported-version": error(
    (p: { target: string; version: string; supported: string }) =>
      `${quote(p.version)} is not a version of ${p.target} that mlspec writes for. Choose one within ${quote(p.supported)}.`,
    {
      what: "A target asks for a version of its tool that mlspec does not write for.",
      why: "Every emitted file is tested on the versions that are named; for others there is no such promise.",
      fix: "Choose a version or range within the supported one.",
    },
  ),
  "entity-key": error(
    (p: { entity: string; name: string; datasets: readonly string[]; known: readonly string[]; nearest?: string | undefined }) =>
      `${quote(p.name)} is the key of the entity ${quote(p.entity)}, and ${listOf(p.datasets, "and")} ${p.datasets.length === 1 ? "has" : "have"} no such column. ${
        p.nearest === undefined
          ? "Every dataset that describes an entity has its key column, under the same name."
          : `Did you mean ${quote(p.nearest)}?`
      }`,
    {
      what: "A dataset that features, a model or a batch deployment read lacks the key column of their entity.",
      why: "Rows are matched by the entity's key, so its column has the same name in every dataset.",
      fix: "Correct `key` of the entity, or select the column under that name in the transform that is read.",
    },
  ),
  "path-on-machine": error(
    (p: { place: string; environment: string }) =>
      `${quote(p.place)} is a folder of one machine, which the pods of ${quote(p.environment)} do not see. Name a place that they reach, such as \`s3://acme/lake\`; a var can have another value in each environment.`,
    {
      what: "An environment runs in a cluster, and data lies in a folder.",
      why: "Every task is a pod of its own: it sees no folder of your machine, and what it writes into its own is gone when it ends.",
      fix: "Put the path into a var, and give the var an object store's path in this environment.",
    },
  ),
  "renamed-from": error(
    (p: { name: string; old: string; reason: string }) =>
      `${quote(p.name)} cannot have been called ${quote(p.old)}: ${p.reason}. Name what it was called, or remove \`renamed_from\`.`,
    {
      what: "Something says that it was called by a name which cannot have been its own.",
      why: "`mlspec plan` would take one thing for another, and have the wrong table moved.",
      fix: "Name what it was called when it was last deployed, or remove `renamed_from`.",
    },
  ),
  "schedule-incomplete": error((p: { key: string }) => `The project's schedule has no \`${p.key}\`. Add it.`, {
    what: "The project's schedule does not say when runs happen or which day is the first.",
    why: "Definitions inherit it.",
    fix: "Add `cron` and `start` to `schedule`.",
  }),
  "schedules-do-not-align": error(
    (p: { consumer: string; producer: string }) =>
      `${quote(p.consumer)} reads ${quote(p.producer)}, but its runs do not come at a fixed time after those of ${quote(p.producer)}: which of them to wait for would change from run to run. Give both one schedule, or let every run of ${quote(p.consumer)} follow one of ${quote(p.producer)} at the same distance (weekly after daily), in the same time zone.`,
    {
      what: "A definition reads another one on a schedule whose ticks are at a changing distance.",
      why: "A run waits for the producer's run of a known interval; which one it is must be the same every time.",
      fix: "Let the consumer run at a fixed time after each run of the producer (weekly after daily, daily after hourly), in the same time zone.",
    },
  ),
} satisfies DiagnosticTable;
