/** The candidate that a mistyped name most likely means; undefined where nothing is near. Ties go to the first in code-point order. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  // One slip in short names, two in middling ones, three in long ones.
  let bound = Math.min(3, Math.floor(wanted.length / 3) + 1) + 1;
  for (const candidate of [...candidates].sort()) {
    const other = candidate.toLowerCase();
    if (candidate === name) continue;
    const distance = other === wanted ? 0 : distanceBelow(wanted, other, bound);
    if (distance < bound && distance < Math.max(wanted.length, other.length) - 1) {
      best = candidate;
      bound = distance;
    }
  }
  return best ?? extended(wanted, candidates);
}

/** Whether a name is a candidate with one letter wrong, and no other candidate is as near. Short names and digits say too much: `min`, `max`; `spend_1d`, `spend_7d`. */
export function isSlip(written: string, meant: string, candidates: Iterable<string>): boolean {
  const digits = (name: string): string => name.replace(/\D/g, "");
  const apart = (other: string): number => distanceBelow(written.toLowerCase(), other.toLowerCase(), 2);
  if (Math.min(written.length, meant.length) < 4 || digits(written) !== digits(meant) || apart(meant) > 1) return false;
  const all = [...candidates];
  return all.includes(meant) && all.every((other) => other === meant || other === written || apart(other) > 1);
}

/** `card` for `card_profile`, and the other way round, where only one candidate is meant. */
function extended(wanted: string, candidates: Iterable<string>): string | undefined {
  if (wanted.length < 4) return undefined;
  const found = [...candidates].filter(
    (other) =>
      other.length >= 4 && (other.startsWith(`${wanted}_`) || wanted.startsWith(`${other}_`) || singular(wanted) === singular(other)),
  );
  return found.length === 1 ? found[0] : undefined;
}

function singular(name: string): string {
  return name.toLowerCase().replace(/s$/, "");
}

/** Edit distance with swaps of neighbours counted once (optimal string alignment); `bound` or more is not told apart. */
function distanceBelow(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) >= bound) return bound;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least >= bound) return bound;
    before = last;
    last = row;
  }
  return Math.min(last[b.length] ?? bound, bound);
}
