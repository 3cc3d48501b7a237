/**
 * The globs of `include` and `code`, over paths: `*`, `?`, `[a-z]`, `[!a]`, `{a,b}` within a name, `**` for any folders. Real hosts walk
 * folders; this says what they must find. No regular expressions: those of a hostile glob take exponential time, or are no expressions.
 */

/** More alternatives than this are a mistake, or meant to hurt: such a glob matches nothing. */
const ALTERNATIVES = 256;

export function matchGlob(glob: string, path: string): boolean {
  return globMatcher(glob)(path);
}

/** For many paths. */
export function globMatcher(glob: string): (path: string) => boolean {
  const globs = alternatives(glob).map((each) => each.split("/").map((segment) => (segment === "**" ? "folders" : tokens(segment))));
  return (path) => {
    const names = path.split("/");
    return globs.some((segments) => matchSegments(segments, names));
  };
}

/** `a{b,c}d` is `abd` and `acd`; braces in braces are not taken, nor are those that do not close. */
function alternatives(glob: string): readonly string[] {
  let found: readonly string[] = [""];
  let rest = glob;
  while (rest !== "") {
    const [whole = rest, before = rest, group] = /^([^{]*)\{([^{}]*)\}/.exec(rest) ?? [];
    const choices = group?.split(",") ?? [""];
    if (found.length * choices.length > ALTERNATIVES) return [];
    found = found.flatMap((start) => choices.map((choice) => start + before + choice));
    rest = rest.slice(whole.length);
  }
  return found;
}

/** A character, any one, any number of any, or one of a class. */
type Token = string | { readonly kind: "one" | "many" } | { readonly kind: "class"; readonly not: boolean; readonly characters: string };

function tokens(segment: string): readonly Token[] {
  const found: Token[] = [];
  for (let i = 0; i < segment.length; i++) {
    const character = segment[i] ?? "";
    const [whole, not, characters] = character === "[" ? (/^\[([!^]?)([^\]]+)\]/.exec(segment.slice(i)) ?? []) : [];
    if (whole !== undefined && characters !== undefined) {
      found.push({ kind: "class", not: not !== "", characters });
      i += whole.length - 1;
    } else if (character === "*") found.push({ kind: "many" });
    else found.push(character === "?" ? { kind: "one" } : character);
  }
  return found;
}

type Segments = readonly (readonly Token[] | "folders")[];

/** Both ends move on; where they cannot, the last `**` takes one folder more. What is before it need not be tried again. */
function matchSegments(segments: Segments, names: readonly string[]): boolean {
  return wild(segments, names, {
    isMany: (segment) => segment === "folders",
    fits: (segment, name) => segment !== "folders" && matchName(segment, name),
    // `a/**` is what is in `a`, not `a` itself.
    least: (at) => (at === segments.length - 1 ? 1 : 0),
  });
}

function matchName(pattern: readonly Token[], name: string): boolean {
  return wild(pattern, name.split(""), {
    isMany: (token) => typeof token !== "string" && token.kind === "many",
    fits: (token, character) => {
      if (typeof token === "string") return token === character;
      return token.kind === "one" || (token.kind === "class" && inClass(token.characters, character) !== token.not);
    },
    least: () => 0,
  });
}

function inClass(characters: string, character: string): boolean {
  for (let i = 0; i < characters.length; i++) {
    const from = characters[i] ?? "";
    const to = characters[i + 1] === "-" && i + 2 < characters.length ? characters[i + 2] : undefined;
    if (to === undefined ? from === character : from <= character && character <= to) return true;
    if (to !== undefined) i += 2;
  }
  return false;
}

interface Wildcards<P, T> {
  isMany(part: P): boolean;
  fits(part: P, thing: T): boolean;
  /** How many things the wildcard at a place has to stand for at least. */
  least(at: number): number;
}

function wild<P, T>(pattern: readonly P[], things: readonly T[], { isMany, fits, least }: Wildcards<P, T>): boolean {
  let [at, next] = [0, 0];
  let star: { readonly at: number; readonly next: number } | undefined;
  while (next < things.length || at < pattern.length) {
    const part = pattern[at];
    const thing = things[next];
    if (part !== undefined && isMany(part)) {
      star = { at, next: next + least(at) };
      if (star.next > things.length) return false;
      next = star.next;
      at++;
    } else if (part !== undefined && thing !== undefined && fits(part, thing)) {
      at++;
      next++;
    } else if (star !== undefined && star.next < things.length) {
      star = { at: star.at, next: star.next + 1 };
      at = star.at + 1;
      next = star.next;
    } else return false;
  }
  return true;
}
