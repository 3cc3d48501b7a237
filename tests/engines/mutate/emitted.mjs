// What the compiler writes, against what Spark is asked: the same queries, over tables of the same columns.

/** Where emitted text differs from what is asked. `count` is told how much was compared. */
export function emittedProblems(question, emitted, count) {
  const problems = [];
  for (const { name, sql } of question.transforms) {
    count.queries += 1;
    if (emitted[`sql/${name}.sql`]?.trim() !== sql.trim()) problems.push(`sql/${name}.sql is not the query that Spark is asked`);
  }
  for (const { name, columns } of question.sources) {
    const found = fieldsOf(emitted["sources.py"], name) ?? columnsOf(emitted["datasets.py"], name);
    count.columns += columns.length;
    const [mine, theirs] = [found, columns.map(({ type, nullable }) => [type, nullable])].map((all) => JSON.stringify(all));
    if (mine !== theirs) problems.push(`${name} is emitted with the columns ${mine}, Spark is asked with ${theirs}`);
  }
  return problems;
}

const STRING = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;

/** Types and nullability of a source; undefined where there is none of the name. */
function fieldsOf(text, name) {
  const start = text.indexOf(`    name="${name}",\n`);
  if (start < 0) return undefined;
  const fields = text.slice(start, text.indexOf("\n    key=", start));
  return [...fields.matchAll(new RegExp(String.raw`Field\(\s*(?:${STRING}),\s*"([^"]*)"(,\s*required=True)?`, "g"))].map(([, type, required]) => [type, required === undefined]); // prettier-ignore
}

/** The same of what a function of the user's has to return. */
function columnsOf(text, name) {
  const start = text.indexOf(`def read_${name}(`);
  const body = text.slice(start, text.indexOf("\n\n\n", start) < 0 ? undefined : text.indexOf("\n\n\n", start));
  const [, columns = ""] = /columns=\{([^]*?)\},\s*required=/.exec(body) ?? [];
  const required = new Set(/required=\[([^\]]*)\]/.exec(body)?.[1].match(new RegExp(STRING, "g")));
  return [...columns.matchAll(new RegExp(String.raw`(${STRING}): "([^"]*)"`, "g"))].map(([, column, type]) => [
    type,
    !required.has(column),
  ]);
}
