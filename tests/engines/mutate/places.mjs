// Where something stands, and what stands on what.

export const within = ({ file, line }, at) => at.file === file && at.first <= line && line <= at.last;

/** Tables with all that they read. */
export function reads(question, ...tables) {
  const all = new Set(tables);
  for (const name of all) {
    const sql = question.transforms.find((transform) => transform.name === name)?.sql ?? "";
    for (const { name: other } of [...question.sources, ...question.transforms])
      if (new RegExp(`\\b(FROM|JOIN)\\s+${other}\\b`, "i").test(sql)) all.add(other);
  }
  return all;
}
