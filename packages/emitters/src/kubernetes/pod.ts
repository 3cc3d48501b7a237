import type { Ir } from "@mlspec/compiler";
import type { Container, EnvVar, PodSpec, SecurityContext, Volume } from "kubernetes-types/core/v1.js";
import { nodeSelectorOf } from "../places.js";
import { USER } from "./names.js";

/** What the `restricted` pod security standard asks for, and a file system that cannot be written. */
export const containerSecurity: SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
};

const scratch: Volume = { name: "scratch", emptyDir: {} };

/** Where programs put temporary files: the only place that they can write. */
export const scratchMount = { name: "scratch", mountPath: "/tmp" };

/** A pod of hardened containers under its own account, which needs nothing of the Kubernetes API, on a node of the environment's region. */
export function hardened(ir: Ir, spec: Pick<PodSpec, "serviceAccountName" | "containers"> & Partial<PodSpec>): PodSpec {
  const { volumes = [], ...rest } = spec;
  const nodeSelector = nodeSelectorOf(ir);
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, runAsUser: USER, runAsGroup: USER, fsGroup: USER, seccompProfile: { type: "RuntimeDefault" } },
    ...(nodeSelector === undefined ? {} : { nodeSelector }),
    ...rest,
    volumes: [...volumes, scratch],
  };
}

/** The secrets of a program, from keys of a Secret that somebody else keeps. */
export function secretVariables(ir: Ir, program: string): EnvVar[] {
  return (ir.programs[program]?.secrets ?? []).flatMap((id) => {
    const secret = ir.secrets[id];
    if (secret?.from.kind !== "kubernetes") return [];
    const { object, key } = secret.from;
    return [{ name: secret.variable, valueFrom: { secretKeyRef: { name: object, key } } }];
  });
}

/** Memory is what a container may use; the processor may be lent. */
export function resourcesOf({ cpu, memory }: { readonly cpu?: string; readonly memory?: string }): NonNullable<Container["resources"]> {
  return {
    requests: { ...(cpu === undefined ? {} : { cpu }), ...(memory === undefined ? {} : { memory }) },
    ...(memory === undefined ? {} : { limits: { memory } }),
  };
}

/**
 * What the container is given, told to its programs: Spark makes its heap and its threads of it, numerical libraries their threads.
 * They follow the resources, whoever changes these. A part of a core counts as one.
 */
export function ownResources(): readonly EnvVar[] {
  const cpu = { resourceFieldRef: { resource: "requests.cpu", divisor: "1" } };
  return [
    { name: "POD_CPUS", valueFrom: cpu },
    { name: "POD_MEMORY_MIB", valueFrom: { resourceFieldRef: { resource: "limits.memory", divisor: "1Mi" } } },
    { name: "OMP_NUM_THREADS", valueFrom: cpu },
  ];
}
