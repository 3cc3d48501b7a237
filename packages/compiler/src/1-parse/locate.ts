import { isMap, isPair, isScalar, isSeq, Scalar, type Node, type Pair } from "yaml";
import type { Place, SourceFile, Span } from "../text.js";
import type { Document, Path, ScalarStyle } from "./document.js";
import { scalarMap } from "./inside.js";

/** Parts of a document that lead from paths to places. */
export function createLocator(file: SourceFile, root: Node | null): Pick<Document, "locate" | "locateInside" | "style"> {
  const pairs = new WeakMap<Node, ReadonlyMap<string, Pair>>();
  const steps = (path: Path): readonly Step[] => walk(root, path, pairs);
  const { length } = file.text;
  // Where a quote or bracket is never closed, the reader's ranges may end just behind the text.
  const place = ({ start, end }: Span): Place => ({
    file: file.path,
    span: { start: Math.min(start, length), end: Math.min(end, length) },
  });
  const locate = (path: Path, at: "key" | "value" = "value"): Place => {
    const found = steps(path);
    const last = found.at(-1);
    if (last === undefined) return place({ start: 0, end: 0 });
    // A path that leads nowhere is shown at the name of what it would belong to.
    const whole = found.length === path.length + 1;
    const span = (at === "key" || !whole ? last.key : undefined) ?? spanOf(last.node) ?? last.key;
    return place(span ?? { start: 0, end: 0 });
  };
  const scalarAt = (path: Path): Scalar | undefined => {
    const found = steps(path);
    const node = found.length === path.length + 1 ? found.at(-1)?.node : undefined;
    return isScalar(node) ? node : undefined;
  };
  return {
    locate,
    style: (path) => styleOf(scalarAt(path)),
    locateInside: (path, offset, length) => {
      const scalar = scalarAt(path);
      const span = spanOf(scalar);
      const style = styleOf(scalar);
      if (span === undefined || style === undefined || typeof scalar?.value !== "string") return locate(path, "value");
      const map = scalarMap(file.text, span, style, scalar.value);
      const start = map?.[Math.min(offset, scalar.value.length)];
      const last = map?.[Math.max(offset, Math.min(offset + length, scalar.value.length) - 1)];
      if (map === undefined || start === undefined || last === undefined) return locate(path, "value");
      return place({ start, end: length === 0 ? start : Math.max(endOf(map, Math.min(offset + length, scalar.value.length)), start) });
    },
  };
}

/** End of the part before `index`: where the next unit begins, but never beyond the end of its own line. */
function endOf(map: readonly number[], index: number): number {
  const before = map[index - 1] ?? 0;
  const next = map[index] ?? before + 1;
  return next - before > 10 ? before + 1 : next;
}

interface Step {
  readonly node: Node | null;
  readonly key?: Span;
}

/** The nodes along the path, as far as it leads. */
function walk(root: Node | null, path: Path, pairs: WeakMap<Node, ReadonlyMap<string, Pair>>): readonly Step[] {
  const steps: Step[] = [{ node: root }];
  for (const part of path) {
    const parent = steps.at(-1)?.node;
    if (isMap(parent)) {
      let index = pairs.get(parent);
      if (index === undefined) pairs.set(parent, (index = new Map(parent.items.map((pair) => [keyText(pair.key), pair]))));
      const pair = index.get(String(part));
      if (pair === undefined) break;
      const key = spanOf(pair.key);
      steps.push({ node: nodeOf(pair.value), ...(key === undefined ? {} : { key }) });
    } else if (isSeq(parent) && typeof part === "number" && part < parent.items.length) {
      const item = parent.items[part];
      steps.push({ node: isPair(item) ? nodeOf(item.value) : nodeOf(item) });
    } else break;
  }
  return steps;
}

/** Text of a key; maps and lists as keys are refused elsewhere. */
export function keyText(key: unknown): string {
  return isScalar(key) ? String(key.source ?? key.value) : "";
}

export function spanOf(node: unknown): Span | undefined {
  const range = nodeOf(node)?.range;
  return range === null || range === undefined ? undefined : { start: range[0], end: range[1] };
}

function nodeOf(value: unknown): Node | null {
  return isScalar(value) || isMap(value) || isSeq(value) ? value : null;
}

function styleOf(scalar: Scalar | undefined): ScalarStyle | undefined {
  switch (scalar?.type) {
    case Scalar.BLOCK_LITERAL:
      return "literal";
    case Scalar.BLOCK_FOLDED:
      return "folded";
    case Scalar.QUOTE_SINGLE:
      return "single";
    case Scalar.QUOTE_DOUBLE:
      return "double";
    case Scalar.PLAIN:
      return "plain";
    default:
      return undefined;
  }
}
