import {
  defineEmitter,
  type ArtifactId,
  type DockerTargetSpec,
  type EmitContext,
  type EmitResult,
  type EmittedFile,
  type Image,
  type Ir,
  type JsonObject,
  type Provided,
} from "@mlspec/compiler";
import { isSafePath } from "../text/dockerfile.js";
import { dockerDiagnostics } from "./diagnostics.js";
import { topLevel, unreachable } from "./context.js";
import { buildFiles, imageFiles, imageName, isUsual, OUTPUT_CONTEXT } from "./image.js";

/** A Dockerfile for each image and a bake file that builds them all. The build context is the project's folder. */
export const docker = defineEmitter<DockerTargetSpec>({
  name: "docker",
  diagnostics: dockerDiagnostics,
  needs: ["program", "version"],
  provide: (ir) => Object.fromEntries(imagesOf(ir).map(({ id }): [ArtifactId, Provided[ArtifactId]] => [`image:${id}`, { kind: "late" }])),
  emit: (context) => (isBuildable(context) ? emitImages(context) : { files: [], links: stubs(context.ir) }),
});

function emitImages(context: EmitContext<DockerTargetSpec>): EmitResult {
  const { ir } = context;
  const images = imagesOf(ir);
  if (images.length === 0) return { files: [] };
  const lists = buildFiles(context);
  const built = images.map((image) => {
    const files = imageFiles(context, image);
    const hash = context.contentHash({
      texts: [files.dockerfile, files.ignore, ...Object.values(lists)],
      files: files.copied,
      code: files.code,
    });
    return { image, files, reference: `${context.options.registry}/${image.repository}:${hash.slice(0, 16)}` };
  });
  return {
    files: [
      ...Object.entries(lists).map(([path, text]): EmittedFile => ({ path, text, from: ["project"] })),
      ...built.flatMap(({ image, files }): readonly EmittedFile[] => {
        const path = `${imageName(image)}.Dockerfile`;
        const from = definitions(ir, image);
        return [
          { path, text: files.dockerfile, from },
          { path: `${path}.dockerignore`, text: files.ignore, from },
        ];
      }),
      { path: "docker-bake.json", data: bakeFile(context, built), from: ["project"] },
    ],
    links: Object.fromEntries(built.map(({ image, reference }): [ArtifactId, string] => [`image:${image.id}`, reference])),
  };
}

/** Paths count from the folder in which bake is run, which is the project's. */
function bakeFile(context: EmitContext, built: readonly { readonly image: Image; readonly reference: string }[]): JsonObject {
  const { folder } = context;
  const contexts = isUsual(context) ? {} : { contexts: { [OUTPUT_CONTEXT]: folder } };
  const target = ({ image, reference }: (typeof built)[number]): [string, JsonObject] => [
    imageName(image),
    { context: ".", ...contexts, dockerfile: `${folder}/docker/${imageName(image)}.Dockerfile`, tags: [reference] },
  ];
  return { group: { default: { targets: built.map(({ image }) => imageName(image)) } }, target: Object.fromEntries(built.map(target)) };
}

/** What Docker has no way to say is said before anything is printed. */
function isBuildable({ ir, options, report }: EmitContext<DockerTargetSpec>): boolean {
  if (imagesOf(ir).length === 0) return true;
  const message = problem(ir, options);
  if (message !== undefined) {
    const [code, text] = message;
    report({ code, severity: "error", message: text, ...(code === "invalid-registry" ? { option: "registry" } : {}) });
  }
  return message === undefined;
}

function problem(ir: Ir, { registry }: DockerTargetSpec): readonly [string, string] | undefined {
  if (!/^[a-z0-9]+(?:[._-][a-z0-9]+)*(?::[0-9]{1,5})?(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/.test(registry)) {
    return ["invalid-registry", `\`${registry}\` is not a registry: write a host and a path, such as \`ghcr.io/acme\`.`];
  }
  const odd = topLevel(ir.code.map(({ path }) => path)).find(({ name }) => !isSafePath(name));
  if (odd !== undefined)
    return [
      "unsupported-path",
      `\`${odd.name}\` cannot be copied into an image: use letters, digits, \`.\`, \`_\`, \`@\`, \`+\` and \`-\` in its name.`,
    ];
  const line = ir.code.find(({ path }) => /[\r\n]/.test(path));
  if (line !== undefined) return ["unsupported-path", `\`${line.path}\` cannot be listed in a .dockerignore: its name has a line break.`];
  const place = unreachable(ir);
  if (place !== undefined) return ["unsupported-storage", `Images have no packages for \`${place}\`: use a path of S3 (\`s3a://\`).`];
  return undefined;
}

function imagesOf(ir: Ir): readonly Image[] {
  return ir.environment.runtime === "kubernetes" ? Object.values(ir.images) : [];
}

/** Others may go on and report what they find. */
function stubs(ir: Ir): Readonly<Record<ArtifactId, string>> {
  return Object.fromEntries(imagesOf(ir).map(({ id }): [ArtifactId, string] => [`image:${id}`, id]));
}

function definitions(ir: Ir, image: Image): readonly string[] {
  return [...new Set(["project", ...image.programs.flatMap((id) => ir.programs[id]?.definition ?? [])])].sort();
}
