// kubeconform, and strict schemas made from the Kubernetes release's own OpenAPI document.
import { chmodSync, copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureFolder, exec, findCommand, MissingTool } from "./lib.mjs";
import { writeSchemas } from "./kubernetes-schemas.mjs";

const KUBECONFORM = "v0.8.0";
const KUBERNETES = "v1.34.4";

/** `{ command, schemas }`: pass `-strict -schema-location schemas`. */
export async function ensureKubeconform() {
  const go = () => {
    const found = findCommand("go");
    if (!found)
      throw new MissingTool(
        "Go",
        "kubeconform is built from source: install Go 1.24 or newer (`apt-get install golang`, `brew install go`).",
      );
    return found;
  };
  const tool = await ensureFolder({
    name: `kubeconform-${KUBECONFORM}`,
    what: `kubeconform ${KUBECONFORM}`,
    size: "15 MB, built with Go",
    make: async (target) => {
      const bin = join(target, "bin");
      mkdirSync(bin);
      await exec(go(), ["install", `github.com/yannh/kubeconform/cmd/kubeconform@${KUBECONFORM}`], {
        env: { GOBIN: bin },
      });
    },
  });
  const schemas = await ensureFolder({
    name: `kubernetes-schemas-${KUBERNETES}`,
    what: `the schemas of Kubernetes ${KUBERNETES}`,
    size: "a 40 MB module",
    make: async (target) => {
      const { stdout } = await exec(go(), ["mod", "download", "-json", `k8s.io/kubernetes@${KUBERNETES}`], {
        cwd: target,
        env: { GOFLAGS: "-mod=mod" },
      });
      const swagger = join(target, "swagger.json");
      copyFileSync(join(JSON.parse(stdout).Dir, "api", "openapi-spec", "swagger.json"), swagger);
      chmodSync(swagger, 0o644);
      writeSchemas(JSON.parse(readFileSync(swagger, "utf8")), target);
    },
  });
  return {
    command: join(tool, "bin", process.platform === "win32" ? "kubeconform.exe" : "kubeconform"),
    schemas: `${schemas}/{{ .ResourceKind }}{{ .KindSuffix }}.json`,
  };
}
