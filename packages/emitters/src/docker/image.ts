import type { EmitContext, Image, Ir } from "@mlspec/compiler";
import type { TextName } from "../generated/templates.js";
import { newestSpark, type SparkVersion } from "@mlspec/compiler";
import { execForm, printDockerfile, type Instruction } from "../text/dockerfile.js";
import { databasesOf, schemasOf, serversOf, topicsOf } from "../places.js";
import { code, type Py } from "../text/python.js";
import { printer } from "../text/print.js";
import { allowList, storageKind, topLevel } from "./context.js";

/** What is written for one image, below the emitter's folder, and the paths that its tag depends on. */
export interface ImageFiles {
  readonly dockerfile: string;
  readonly ignore: string;
  /** Emitted files below the environment's folder that the image copies. */
  readonly copied: readonly string[];
  readonly code: boolean;
}

/** Files that are written beside the Dockerfiles: name → text. */
export type BuildFiles = Readonly<Record<string, string>>;

export function imageName(image: Image): string {
  return image.id.replaceAll(".", "-").replaceAll("_", "-");
}

/** Whether jobs call functions of the project's own. */
function hasFunctions(ir: Ir): boolean {
  return Object.values(ir.datasets).some((dataset) => dataset.kind === "transform" && dataset.function !== undefined);
}

/** Lists of packages and jars that the project's images install. */
export function buildFiles(context: EmitContext): BuildFiles {
  const { ir } = context;
  const { text } = printer(context);
  const bases = new Set(Object.values(ir.images).map(({ base }) => base));
  const s3 = storageKind(ir) === "s3";
  const lists = SPARK[sparkVersion(context)];
  const files: readonly (readonly [string, TextName])[] = [
    ...[...bases]
      .sort()
      .map(
        (base) =>
          [`${base}.requirements.txt`, base === "spark" ? lists.requirements : (`docker/${base}.requirements.txt` as const)] as const,
      ),
    ...(s3 ? ([["s3.requirements.txt", "docker/s3.requirements.txt"]] as const) : []),
    ...serversOf(ir).map((kind) => [`${kind}.requirements.txt`, `docker/${kind}.requirements.txt`] as const),
    ...(bases.has("spark") ? ([["fetch_jars.py", "docker/fetch_jars.py"]] as const) : []),
  ];
  const jars = [
    text(lists.jars),
    s3 ? text(lists.s3) : "",
    databasesOf(ir).length > 0 ? text("docker/postgresql.jars.txt") : "",
    topicsOf(ir).length > 0 ? text("docker/kafka.jars.txt") : "",
    schemasOf(ir).length > 0 ? text("docker/avro.jars.txt") : "",
  ].join("");
  const texts = files.map(([name, from]): readonly [string, string] => [name, text(from)]);
  return Object.fromEntries(bases.has("spark") ? [...texts, ["jars.txt", jars]] : texts);
}

/** By minor version of Spark: what is installed, its Delta, and what reads from S3 with its Hadoop. */
const SPARK: Readonly<Record<SparkVersion, Readonly<Record<"requirements" | "jars" | "s3", TextName>>>> = {
  4.1: { requirements: "docker/spark.requirements.txt", jars: "docker/spark.jars.txt", s3: "docker/s3.jars.txt" },
  "4.0": { requirements: "docker/spark-4.0.requirements.txt", jars: "docker/spark-4.0.jars.txt", s3: "docker/s3-4.0.jars.txt" },
};

/** The newest that the jobs are written for, as whoever writes them says. */
function sparkVersion(context: EmitContext): SparkVersion {
  const given = context.has("version:spark") ? context.link("version:spark", "jars.txt") : undefined;
  return newestSpark(given?.kind === "reference" ? given.reference : undefined);
}

export function imageFiles(context: EmitContext, image: Image): ImageFiles {
  const { ir } = context;
  const folder = `generated/${ir.environment.name}`;
  const output = outputOf(context);
  const programs = image.base === "spark" ? "spark" : "python";
  const withCode = image.base !== "spark" || hasFunctions(ir);
  const copied = context.emitted().filter((path) => path.startsWith(`${programs}/`));
  const userCode = withCode ? ir.code.map(({ path }) => path) : [];
  const requirements = requirementsOf(ir, image);
  const lists = [...requirements, ...(image.base === "spark" ? ["fetch_jars.py", "jars.txt"] : [])].map((name) => `docker/${name}`);
  const own = withCode && userCode.includes("requirements.txt");
  const view: View = {
    inputs: print([
      { kind: "copy", ...output(lists), to: "/build/" },
      ...(own ? [{ kind: "copy", sources: ["requirements.txt"], to: "/build/" } as const] : []),
    ]),
    install: installCommand([...requirements, ...(own ? ["requirements.txt"] : [])]),
    labels: print([{ kind: "label", values: { "org.opencontainers.image.title": image.repository } }]),
    programs: print([
      { kind: "copy", ...output([`${programs}/`]), to: `${folder}/${programs}/` },
      ...topLevel(userCode).map(({ name, folder: isFolder }): Instruction => ({
        kind: "copy",
        sources: [isFolder ? `${name}/` : name],
        to: isFolder ? `${name}/` : "./",
      })),
    ]),
    ...serviceView(context, image),
  };
  return {
    dockerfile: printer(context).template(`docker/${image.base}.Dockerfile`, view),
    ignore: allowList([...(isUsual(context) ? [...lists, ...copied].map((path) => `${folder}/${path}`) : []), ...userCode]),
    copied,
    code: withCode,
  };
}

/** The name of a build context of its own: the output, where it is not in its usual place in the project. */
export const OUTPUT_CONTEXT = "output";

export function isUsual({ ir, folder }: Pick<EmitContext, "ir" | "folder">): boolean {
  return folder === `generated/${ir.environment.name}`;
}

/** What is copied of the output. */
function outputOf(context: EmitContext): (paths: readonly string[]) => { readonly from?: string; readonly sources: readonly string[] } {
  return (paths) =>
    isUsual(context) ? { sources: paths.map((path) => `${context.folder}/${path}`) } : { from: OUTPUT_CONTEXT, sources: paths };
}

interface View {
  readonly inputs: Py;
  readonly install: Py;
  readonly labels: Py;
  readonly programs: Py;
  readonly port?: Py;
  readonly health?: Py;
  readonly command?: Py;
}

function serviceView(context: EmitContext, image: Image): Partial<View> {
  const service = Object.values(context.ir.services).find((candidate) => candidate.image === image.id);
  if (service === undefined) return {};
  const linked = context.link(`program:${service.program}`, `${imageName(image)}.Dockerfile`);
  const argv = linked.kind === "file" ? linked.argv.slice(1) : [];
  const probe = `from urllib.request import urlopen; urlopen("http://127.0.0.1:${service.port}/healthz", timeout=2)`;
  return {
    port: print([{ kind: "expose", port: service.port }]),
    health: code(execForm(["python3", "-c", probe])),
    command: code(execForm(argv)),
  };
}

function requirementsOf(ir: Ir, { base }: Image): readonly string[] {
  return [
    `${base}.requirements.txt`,
    ...(storageKind(ir) === "s3" ? ["s3.requirements.txt"] : []),
    ...(base === "training" ? [] : serversOf(ir).map((kind) => `${kind}.requirements.txt`)),
  ];
}

function installCommand(names: readonly string[]): Py {
  const flags = names.map((name) => ` \\\n    --requirement /build/${name}`);
  return code(`/opt/venv/bin/pip install${flags.join("")}`);
}

function print(instructions: readonly Instruction[]): Py {
  return code(printDockerfile(instructions).trimEnd());
}
