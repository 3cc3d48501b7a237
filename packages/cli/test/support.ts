import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { main } from "../src/main.js";

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own, gone when the test is. */
export function folder(files: Readonly<Record<string, string>> = {}): string {
  const made = mkdtempSync(join(tmpdir(), "mlspec cli "));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) put(made, path, text);
  return made;
}

export function put(project: string, path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

/** The whole command, in this process. */
export async function mlspec(cwd: string, ...argv: readonly string[]): Promise<Said> {
  let stdout = "";
  let stderr = "";
  const terminal = {
    out: (text: string) => void (stdout += text),
    say: (text: string) => void (stderr += `${text}\n`),
    colour: false,
    outColour: false,
    live: false,
    columns: 80,
  };
  const code = await main(argv, terminal, cwd);
  return { code, stdout, stderr };
}
