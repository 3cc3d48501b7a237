// Our errors against Spark's refusals, place by place.
import { emittedProblems } from "./emitted.mjs";
import { reads, within } from "./places.mjs";

/** Rules of our own that Spark does not have: what they refuse, Spark's analysis takes. */
const OURS = {
  "type-mismatch":
    "Expressions that also run in Python compute within one kind of values; Spark would cast, and fail on the first value that cannot be.",
  "value-type": "Spark casts the allowed values to the column's type, and fails at run time on one that cannot be.",
  "label-type": "What a model learns is no business of Spark's.",
  "time-needed": "Features need a key and times; tables of Spark do not.",
  "known-time-lost": "So that late rows do not count before they were there.",
  "known-later": "So that what was joined does not count before it was known.",
  "label-leaks": "So that a feature does not know the answer.",
  "not-incremental": "An interval of a table is rewritten by its event time; Spark knows of no intervals.",
  "may-fail": "Spark would fail while it runs.",
};

/** Where Spark's objection is written, as lines of a file. */
function linesOf(refusal, question) {
  if (refusal.what === "use") return question.uses.find(({ id }) => id === refusal.id).at;
  const transform = question.transforms.find(({ name }) => name === refusal.id);
  if (refusal.what === "declared") return { declared: transform.declaredAt, query: transform.at };
  const line = (offset) => transform.at.first + transform.sql.slice(0, offset).split("\n").length - 1;
  return { file: transform.at.file, first: line(refusal.start), last: line(Math.max(refusal.start, refusal.end - 1)) };
}

/** Of several mistakes in a query Spark tells the first; of an entity's key, we tell it where it is written or where it is not found. */
function isAbout(error, refusal, question) {
  if (refusal.what === "query") return within(error, question.transforms.find(({ name }) => name === refusal.id).at);
  return error.code === "entity-key" && /\.entity$|\.observations$/.test(refusal.id);
}

const placesOf = (at) => ("declared" in at ? [at.declared, at.query] : [at]);
const standsItself = (error, at) => placesOf(at).some((place) => within(error, place));

/** Whether an error stands there, or says that it is about that place, too. */
const stands = (error, at) => standsItself(error, at) || error.also.some((where) => placesOf(at).some((place) => within(where, place)));

/** Tables and feature groups that a refusal's place stands on, itself included. */
function below(question, refusal) {
  const use = question.uses.find(({ id }) => id === refusal.id);
  return reads(question, ...(use === undefined ? [refusal.id] : (use.needs ?? [use.table])));
}

/** `count` is told how Spark's objections are met, which codes are ours alone, and how much of what is emitted was compared. */
export function compare(question, { errors, columns, emitted }, { answer, count }) {
  const problems = emitted === undefined ? [] : emittedProblems(question, emitted, count.emitted);
  const ours = new Set();
  const places = answer.refused.map((refusal) => ({ refusal, at: linesOf(refusal, question) }));
  for (const { refusal, at } of places) {
    if (errors.some((error) => standsItself(error, at))) count.itself += 1;
    else if (errors.some((error) => stands(error, at))) count.related.push(`${question.id}: ${refusal.id}, ${said(errors.filter((error) => stands(error, at)))}`); // prettier-ignore
    if (errors.some((error) => stands(error, at) || (error.code === "entity-key" && isAbout(error, refusal, question)))) continue;
    // What stands on a table that we have refused is not looked at.
    const tables = below(question, refusal);
    if (errors.some(({ definition }) => tables.has(definition) && definition !== refusal.id)) continue;
    problems.push(`Spark refuses ${refusal.id} (${refusal.condition}), we say ${said(errors)}`);
  }
  for (const error of errors) {
    if (places.some(({ refusal, at }) => stands(error, at) || isAbout(error, refusal, question))) continue;
    if (OURS[error.code] !== undefined) {
      ours.add(error.code);
      continue;
    }
    problems.push(
      `we say ${said([error])}, Spark refuses ${answer.refused.map(({ id, condition }) => `${id} (${condition})`).join(", ") || "nothing"}`,
    );
  }
  for (const code of ours) count.ours.set(code, (count.ours.get(code) ?? 0) + 1);
  let compared = 0;
  if (answer.refused.length === 0 && errors.length === 0)
    for (const [name, found] of Object.entries(answer.columns)) {
      const mine = columns[name];
      compared += found.length;
      if (!isSame(mine, found)) problems.push(`${name} is ${JSON.stringify(found)}, we say ${JSON.stringify(mine)}`);
    }
  return { problems, refused: answer.refused.length > 0, columns: compared };
}

/** Names and types are equal. A declaration may promise less than the query keeps: what is never NULL may be declared nullable. */
function isSame(mine, found) {
  return (
    mine?.length === found.length &&
    found.every(([name, type, nullable], i) => mine[i][0] === name && mine[i][1] === type && (mine[i][2] || !nullable))
  );
}

const said = (errors) => errors.map(({ code, file, line, message }) => `${code} at ${file}:${line} (${message})`).join("; ") || "nothing";
