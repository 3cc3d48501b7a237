/** `mlspec doctor`: what this machine has of what is needed, and the command that brings the rest. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { formatFlag, projectFlag } from "../args.js";
import type { Command } from "../command.js";
import { localSecrets, type AnalyzedProject } from "@mlspec/compiler";
import { findProject } from "../glob-list.js";
import { analyzeFolder } from "../project.js";
import { missingSecrets, saidMissing, type Variables } from "../run/secrets.js";
import { paint } from "../terminal.js";
import { version } from "../version.js";

export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  /** Not needed to compile. */
  readonly optional?: boolean;
  readonly said: string;
  /** What to do. */
  readonly fix?: string;
}

export type Tool = (command: string, args: readonly string[], cwd?: string) => { readonly status: number | null; readonly text: string };

export const doctor: Command = {
  name: "doctor",
  summary: "Checks this machine and project, and says what brings what is missing.",
  positionals: 0,
  flags: [projectFlag, { ...formatFlag, oneOf: ["pretty", "json"], help: "how findings are printed: pretty (default) or json" }],
  examples: ["mlspec doctor", "mlspec doctor --format json"],
  run: async ({ args, terminal, cwd }) => {
    const project = findProject(resolve(cwd, args.value("project") ?? ""));
    const secrets = project === undefined ? [] : secretFindings(analyzeFolder(project), process.env);
    const findings = [...examine(tool, process.versions.node, project), ...secrets];
    if (args.value("format") === "json") terminal.out(`${JSON.stringify(findings, null, 2)}\n`);
    else
      for (const { what, ok, optional, said, fix } of findings) {
        const mark = ok ? paint(terminal, "green", "✓") : optional === true ? paint(terminal, "yellow", "-") : paint(terminal, "red", "✗");
        terminal.out(`${mark} ${what}: ${said}\n${ok || fix === undefined ? "" : `    ${fix}\n`}`);
      }
    return findings.every(({ ok, optional }) => ok || optional === true) ? 0 : 1;
  },
};

const tool: Tool = (command, args, cwd) => {
  const { status, stdout, stderr } = spawnSync(command, [...args], { encoding: "utf8", ...(cwd === undefined ? {} : { cwd }) });
  return { status, text: `${stdout ?? ""}${stderr ?? ""}`.trim() };
};

export function examine(run: Tool, node: string, project: string | undefined): readonly Finding[] {
  return [
    { what: "mlspec", ok: true, said: version },
    nodeFinding(node),
    python(run),
    java(run),
    git(run),
    ...(project === undefined ? [noProject] : [{ what: "project", ok: true, said: project }, ignored(run, project)]),
  ];
}

const noProject: Finding = {
  what: "project",
  ok: false,
  optional: true,
  said: "no mlspec.yaml here or above",
  fix: "Start one: mlspec init",
};

/** Whether the variables are set that programs on this machine read secrets from. */
export function secretFindings({ environments }: Pick<AnalyzedProject, "environments">, variables: Variables): readonly Finding[] {
  return environments.flatMap(({ name, analysis }): readonly Finding[] => {
    const secrets = analysis === undefined ? [] : localSecrets(analysis.spec, name);
    if (secrets.length === 0) return [];
    const missing = missingSecrets(secrets, variables);
    const what = `secrets of ${name}`;
    if (missing.length === 0) return [{ what, ok: true, said: `${secrets.length} set in the environment` }];
    const fix = `\`mlspec run\` needs them: ${missing.map(({ variable }) => `\`export ${variable}=…\``).join(", ")}`;
    return [{ what, ok: false, optional: true, said: saidMissing(missing), fix }];
  });
}

function nodeFinding(node: string): Finding {
  const [major = 0, minor = 0] = node.split(".").map(Number);
  return {
    what: "Node",
    ok: major > 20 || (major === 20 && minor >= 19),
    said: node,
    fix: "Node 20.19 or newer is needed: https://nodejs.org or `nvm install 20`",
  };
}

function python(run: Tool): Finding {
  for (const name of ["python3", "python"]) {
    const { status, text } = run(name, ["-c", "import sys; print('%d.%d.%d' % sys.version_info[:3]); sys.exit(sys.version_info < (3, 9))"]);
    if (status === 0) return { what: "Python", ok: true, said: text };
  }
  return {
    what: "Python",
    ok: false,
    optional: true,
    said: "not found",
    fix: "`mlspec run` needs Python 3: `apt-get install python3 python3-venv` or `brew install python`",
  };
}

function java(run: Tool): Finding {
  const { status, text } = run("java", ["-version"]);
  const major = Number(/version "(\d+)/.exec(text)?.[1]);
  if (status === 0 && (major === 17 || major === 21)) return { what: "Java", ok: true, said: String(major) };
  return {
    what: "Java",
    ok: true,
    said: `${status === 0 ? `${major}, which Spark 4 does not take` : "not found"}; \`mlspec run\` brings its own (45 MB, once)`,
  };
}

function git(run: Tool): Finding {
  const { status, text } = run("git", ["--version"]);
  return {
    what: "git",
    ok: status === 0,
    optional: true,
    said: status === 0 ? text.replace("git version ", "") : "not found",
    fix: "`apt-get install git` or https://git-scm.com",
  };
}

/** The output is made to be committed: an ignore file that hides it is a trap. */
function ignored(run: Tool, project: string): Finding {
  const { status, text } = run("git", ["check-ignore", "-v", "generated/local/spark/sources.py"], project);
  if (status !== 0) return { what: "generated/", ok: true, said: status === 1 ? "not ignored by git" : "not in a git repository" };
  const [where = text] = text.split("\t");
  return {
    what: "generated/",
    ok: false,
    said: `git ignores it (${where})`,
    fix: "It is made to be committed: take that line out, or add `!generated/`",
  };
}
