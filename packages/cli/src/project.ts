/** From arguments to a compiled project: what check, compile, run, graph and explain share. */
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import {
  analyze,
  compile,
  createMemo,
  nearest,
  PROJECT_FILE,
  type AnalyzedProject,
  type CompiledProject,
  type Host,
  type Texts,
} from "@mlspec/compiler";
import { keepAnswers, readAnswers } from "./cache.js";
import { meant, UsageError, type Arguments } from "./args.js";
import type { Context } from "./command.js";
import { loadEmitters, loadPolicies } from "./emitters.js";
import { findProject } from "./glob-list.js";
import { nodeHost } from "./host.js";
import { buildId } from "./stamp/place.js";
import { loadTemplates } from "./templates.js";

/** The project's folder: asked for, or the nearest upwards. */
export function projectFolder({ args, cwd }: Pick<Context, "args" | "cwd">, positional?: string): string {
  const asked = args.value("project") ?? positional;
  if (asked !== undefined) {
    const folder = resolve(cwd, asked);
    if (!existsSync(join(folder, PROJECT_FILE))) throw new UsageError(`there is no ${PROJECT_FILE} in ${asked}`);
    return folder;
  }
  const found = findProject(cwd);
  if (found === undefined)
    throw new UsageError(
      `there is no ${PROJECT_FILE} here or in a folder above. Start a project with \`mlspec init\`, or name its folder with -C DIR.`,
    );
  return found;
}

/** With texts in place of those on disk, by path. */
export function analyzeFolder(folder: string, instead: Texts = new Map()): AnalyzedProject {
  const build = buildId(__dirname);
  const memo = createMemo(build === undefined ? [] : readAnswers(folder, build));
  const project = analyze(withTexts(nodeHost(folder), instead), memo);
  const answers = build === undefined ? undefined : memo.kept();
  if (build !== undefined && answers !== undefined) keepAnswers(folder, build, answers);
  return project;
}

function withTexts(host: Host, texts: Texts): Host {
  return {
    ...host,
    read: (path) => {
      const text = texts.get(path);
      return text === undefined ? host.read(path) : new TextEncoder().encode(text);
    },
  };
}

export interface Built {
  readonly folder: string;
  readonly project: AnalyzedProject;
  readonly compiled: CompiledProject;
  /** Where output goes, below the project folder. */
  readonly out: string;
  /** Whether emitters or policies of the project's own were run. */
  readonly plugins: boolean;
}

/** Analyses, loads emitters and compiles. */
export async function build(context: Context, positional?: string, instead?: Texts): Promise<Built> {
  const { args, cwd } = context;
  const folder = projectFolder(context, positional);
  const project = analyzeFolder(folder, instead);
  const asked = args.value("out");
  const out = asked === undefined ? "generated" : relative(folder, resolve(cwd, asked)).replaceAll("\\", "/") || ".";
  return compileAnalyzed(context, { folder, project, out, environments: chosen(args, project) });
}

export interface ToCompile {
  readonly folder: string;
  readonly project: AnalyzedProject;
  readonly out: string;
  /** All, where it is undefined. */
  readonly environments: readonly string[] | undefined;
}

/** Loads emitters and compiles what has been analysed. */
export async function compileAnalyzed({ args }: Pick<Context, "args">, { folder, project, out, environments }: ToCompile): Promise<Built> {
  const emitters = await loadEmitters(project, folder, !args.has("no-plugins"));
  const policies = await loadPolicies(project, folder, !args.has("no-plugins"));
  const templates = loadTemplates(project, !args.has("no-plugins"));
  return {
    folder,
    project,
    out,
    plugins: Object.keys(policies).length > 0 || Object.values(emitters).some((loaded) => !("emitter" in loaded) || loaded.plugin),
    compiled: compile(project, {
      policies,
      emitters,
      out,
      ...(templates === undefined ? {} : { templates }),
      ...(environments === undefined ? {} : { environments }),
    }),
  };
}

function chosen(args: Arguments, project: AnalyzedProject): readonly string[] | undefined {
  const asked = args.value("env");
  const names = project.environments.map(({ name }) => name);
  // A project too broken to know its environments says so by its diagnostics.
  if (asked === undefined || names.length === 0) return undefined;
  if (!names.includes(asked))
    throw new UsageError(`there is no environment \`${asked}\`; there are ${names.join(", ")}.${meant(nearest(asked, names))}`);
  return [asked];
}
