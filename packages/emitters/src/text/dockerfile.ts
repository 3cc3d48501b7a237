/** Instructions of a Dockerfile, from data. Commands are in exec form: no shell reads them. */

export type Instruction =
  | { readonly kind: "comment"; readonly text: string }
  | { readonly kind: "blank" }
  | { readonly kind: "arg"; readonly name: string; readonly value?: string }
  | { readonly kind: "from"; readonly image: string; readonly as?: string }
  | { readonly kind: "env"; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: "label"; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: "workdir"; readonly path: string }
  | { readonly kind: "user"; readonly user: string }
  | { readonly kind: "copy"; readonly from?: string; readonly chown?: string; readonly sources: readonly string[]; readonly to: string }
  | { readonly kind: "expose"; readonly port: number }
  | { readonly kind: "entrypoint" | "cmd"; readonly argv: readonly string[] };

/** Paths that no part of Docker gives a meaning of its own: no wildcards, quotes, variables or blanks. */
const SAFE_PATH = /^[A-Za-z0-9_.@+/-]+$/;

export function isSafePath(path: string): boolean {
  return SAFE_PATH.test(path) && !path.split("/").includes("..");
}

export function printDockerfile(instructions: readonly Instruction[]): string {
  return instructions.map((instruction) => `${line(instruction)}\n`).join("");
}

function line(instruction: Instruction): string {
  switch (instruction.kind) {
    case "comment":
      return `# ${checked(instruction.text, /^[^\r\n]*$/)}`;
    case "blank":
      return "";
    case "arg":
      return `ARG ${word(instruction.name)}${instruction.value === undefined ? "" : `=${quoted(instruction.value)}`}`;
    case "from":
      return `FROM ${checked(instruction.image, /^[A-Za-z0-9_./:@${}-]+$/)}${instruction.as === undefined ? "" : ` AS ${word(instruction.as)}`}`;
    case "env":
      return `ENV ${pairs(instruction.values)}`;
    case "label":
      return `LABEL ${pairs(instruction.values)}`;
    case "workdir":
      return `WORKDIR ${path(instruction.path)}`;
    case "user":
      return `USER ${checked(instruction.user, /^[0-9:]+$/)}`;
    case "copy":
      return copy(instruction);
    case "expose":
      return `EXPOSE ${instruction.port}`;
    case "entrypoint":
      return `ENTRYPOINT ${execForm(instruction.argv)}`;
    case "cmd":
      return `CMD ${execForm(instruction.argv)}`;
  }
}

/** A JSON list on one line. */
export function execForm(argv: readonly string[]): string {
  return `[${argv.map((argument) => JSON.stringify(argument).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029")).join(", ")}]`;
}

/** A value in double quotes, with variables and escapes switched off. Control characters have no form at all in a Dockerfile. */
export function quoted(value: string): string {
  checked(value, /^[^\0-\x1f\x7f]*$/);
  return `"${value.replace(/[\\"$]/g, "\\$&")}"`;
}

function copy(instruction: Extract<Instruction, { kind: "copy" }>): string {
  const flags = [
    ...(instruction.from === undefined ? [] : [`--from=${word(instruction.from)}`]),
    ...(instruction.chown === undefined ? [] : [`--chown=${checked(instruction.chown, /^[0-9:]+$/)}`]),
  ];
  return ["COPY", ...flags, ...instruction.sources.map(path), path(instruction.to)].join(" ");
}

function pairs(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${checked(name, /^[A-Za-z_][A-Za-z0-9_.-]*$/)}=${quoted(value)}`)
    .join(" \\\n    ");
}

function path(value: string): string {
  if (!isSafePath(value)) throw new Error(`not a plain path: ${JSON.stringify(value)}`);
  return value;
}

function word(value: string): string {
  return checked(value, /^[A-Za-z_][A-Za-z0-9_-]*$/);
}

function checked(value: string, pattern: RegExp): string {
  if (!pattern.test(value)) throw new Error(`not allowed here: ${JSON.stringify(value)}`);
  return value;
}
