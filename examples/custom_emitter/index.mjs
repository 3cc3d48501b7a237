// Provides the references of images that a company's own pipeline builds. Airflow and Kubernetes link to them
// and do not know the difference; `docker` is not among the targets. Also lists what that pipeline has to build.

/** @type {import("@mlspec/compiler").Emitter<{ registry: string, tag: string }>} */
export const emitter = {
  name: "company_images",
  optionsSchema: {
    type: "object",
    properties: { registry: { type: "string", minLength: 1 }, tag: { type: "string", pattern: "^[a-z0-9.-]+$" } },
    required: ["registry", "tag"],
    additionalProperties: false,
  },
  needs: ["program"],
  provide(ir, { registry, tag }) {
    if (ir.environment.runtime === "local") return {};
    const images = Object.values(ir.images);
    return Object.fromEntries(images.map(({ id, repository }) => [`image:${id}`, { kind: "reference", reference: `${registry}/${repository}:${tag}` }]));
  },
  emit({ ir, options, link }) {
    if (ir.environment.runtime === "local") return { files: [] };
    const images = Object.values(ir.images).map(({ id, repository, programs }) => ({
      image: `${options.registry}/${repository}:${options.tag}`,
      base: id.split(".")[0],
      files: programs.map((program) => link(`program:${program}`, "images.yaml").path),
    }));
    return { files: [{ path: "images.yaml", data: { images }, header: ["What the company's pipeline builds."], from: ["project"] }] };
  },
};
