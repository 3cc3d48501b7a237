/** An entry that the IR promises to have. */
export function known<T>(table: Readonly<Record<string, T>>, id: string): T {
  const entry = table[id];
  if (entry === undefined) throw new Error(`the IR has no ${id}`);
  return entry;
}
