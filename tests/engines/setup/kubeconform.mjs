// kubeconform, and strict schemas made from the OpenAPI documents of Kubernetes releases.
import { chmodSync, copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureFolder, exec, findCommand, MissingTool } from "./lib.mjs";
import { writeSchemas } from "./kubernetes-schemas.mjs";

const KUBECONFORM = "v0.8.0";
/** The last release of each minor version that manifests are held against. */
const KUBERNETES = { 1.31: "v1.31.14", 1.34: "v1.34.4", 1.36: "v1.36.3" };

/** `{ command, schemas }`: pass `-strict -schema-location schemas`. */
export async function ensureKubeconform(version = "1.34") {
  const release = KUBERNETES[version];
  if (release === undefined) throw new Error(`no release of Kubernetes ${version} is pinned in ${import.meta.filename}`);
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
    name: `kubernetes-schemas-${release}`,
    what: `the schemas of Kubernetes ${release}`,
    size: "a 40 MB module",
    make: async (target) => {
      const { stdout } = await exec(go(), ["mod", "download", "-json", `k8s.io/kubernetes@${release}`], {
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
