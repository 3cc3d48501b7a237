/** The globs of `include` and `code`, over paths. Real hosts walk folders; this says what they must find. */
export function matchGlob(glob: string, path: string): boolean {
  return new RegExp(`^${translate(glob)}$`).test(path);
}

function translate(glob: string): string {
  let pattern = "";
  for (let i = 0; i < glob.length; i++) {
    const rest = glob.slice(i);
    const group = /^\[[^\]/]+\]/.exec(rest)?.[0] ?? /^\{[^{}]*\}/.exec(rest)?.[0] ?? "";
    if (rest.startsWith("**/")) {
      pattern += "(?:[^/]+/)*";
      i += 2;
    } else if (rest.startsWith("**")) {
      pattern += ".*";
      i += 1;
    } else if (glob[i] === "*") pattern += "[^/]*";
    else if (glob[i] === "?") pattern += "[^/]";
    else if (group.startsWith("[")) pattern += group;
    else if (group.startsWith("{")) pattern += `(?:${group.slice(1, -1).split(",").map(translate).join("|")})`;
    else pattern += (glob[i] ?? "").replace(/[.+^$()|[\]{}\\]/g, "\\$&");
    if (group !== "" && (glob[i] === "[" || glob[i] === "{")) i += group.length - 1;
  }
  return pattern;
}
