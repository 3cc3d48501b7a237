/**
 * Fields that some Kubernetes versions in our range drop, because the API server does not know them or has their gate closed by default.
 * Emitted manifests have none of them; patches can bring them in. From the schemas and the feature gates of 1.31 to 1.36; the suite
 * `manifests` holds the table to the schemas.
 */
import { TARGET_VERSIONS, type Capability, type Json, type Tool, type Use } from "@mlspec/compiler";

interface Field extends Capability {
  /** Keys down to it; `*` stands for every entry of a list. */
  readonly path: string;
  /** Only these values, where the field itself is older. */
  readonly values?: readonly string[];
}

const gate = (name: string): { readonly reason: string } => ({ reason: `its feature gate is ${name}` });

/** Below the template of a Deployment or a Job. */
const POD: readonly Field[] = [
  { path: "spec.securityContext.seLinuxChangePolicy", since: "1.33", ...gate("SELinuxChangePolicy") },
  { path: "spec.securityContext.supplementalGroupsPolicy", since: "1.33", ...gate("SupplementalGroupsPolicy") },
  { path: "spec.hostUsers", since: "1.33", ...gate("UserNamespacesSupport") },
  { path: "spec.resourceClaims", since: "1.34", ...gate("DynamicResourceAllocation") },
  { path: "spec.resources", since: "1.34", ...gate("PodLevelResources") },
  { path: "spec.hostnameOverride", since: "1.35", ...gate("HostnameOverride") },
  ...["containers", "initContainers"].flatMap((list): readonly Field[] => [
    { path: `spec.${list}.*.resizePolicy`, since: "1.33", ...gate("InPlacePodVerticalScaling") },
    { path: `spec.${list}.*.securityContext.procMount`, values: ["Unmasked"], since: "1.33", ...gate("ProcMountType") },
    { path: `spec.${list}.*.restartPolicyRules`, since: "1.35", ...gate("ContainerRestartRules") },
    { path: `spec.${list}.*.env.*.valueFrom.fileKeyRef`, since: "1.35", ...gate("EnvFiles") },
    { path: `spec.${list}.*.lifecycle.stopSignal`, ...gate("ContainerStopSignals") },
  ]),
  { path: "spec.volumes.*.projected.sources.*.podCertificate", ...gate("PodCertificateRequest") },
  { path: "spec.volumes.*.projected.sources.*.clusterTrustBundle", ...gate("ClusterTrustBundleProjection") },
  { path: "spec.volumes.*.image", since: "1.35", ...gate("ImageVolume") },
  { path: "spec.schedulingGroup", ...gate("GenericWorkload") },
  { path: "spec.volumes.*.gitRepo", until: "1.33", ...gate("GitRepoVolumeDriver") },
];

const below = (prefix: string): readonly Field[] => POD.map((field) => ({ ...field, path: `${prefix}.${field.path}` }));

/** By kind. */
export const FIELDS: Readonly<Record<string, readonly Field[]>> = {
  Deployment: below("spec.template"),
  Job: [...below("spec.template"), { path: "spec.managedBy", since: "1.32", ...gate("JobManagedBy") }],
  CronJob: [
    ...below("spec.jobTemplate.spec.template"),
    { path: "spec.jobTemplate.spec.managedBy", since: "1.32", ...gate("JobManagedBy") },
  ],
  Service: [
    {
      path: "spec.trafficDistribution",
      values: ["PreferSameNode", "PreferSameZone"],
      since: "1.34",
      ...gate("PreferSameTrafficDistribution"),
    },
  ],
  HorizontalPodAutoscaler: ["scaleUp", "scaleDown"].map((way) => ({
    path: `spec.behavior.${way}.tolerance`,
    since: "1.35",
    ...gate("HPAConfigurableTolerance"),
  })),
};

export const kubernetesTool: Tool = {
  name: "Kubernetes",
  versions: TARGET_VERSIONS.kubernetes,
  capabilities: Object.fromEntries(
    Object.entries(FIELDS).flatMap(([kind, fields]) => fields.map((field) => [`${kind} ${field.path}`, field])),
  ),
};

/** Fields of the table that objects have. */
export function fieldsUsed(objects: readonly Json[]): readonly Use[] {
  return objects.flatMap((object) => {
    const kind = text(member(object, "kind"));
    const name = text(member(member(object, "metadata"), "name"));
    return (Object.hasOwn(FIELDS, kind) ? (FIELDS[kind] ?? []) : []).flatMap(({ path, values }): readonly Use[] => {
      const found = at(object, path.split(".")).filter((value) => values === undefined || values.includes(text(value)));
      const what = values === undefined ? `\`${path}\`` : `\`${path}: ${text(found[0])}\``;
      return found.length === 0 ? [] : [{ capability: `${kind} ${path}`, what: `${what} of \`${kind} ${name}\`` }];
    });
  });
}

function at(value: Json | undefined, [key, ...rest]: readonly string[]): readonly Json[] {
  if (value === undefined || value === null) return [];
  if (key === undefined) return [value];
  if (key !== "*") return at(member(value, key), rest);
  return Array.isArray(value) ? value.flatMap((item: Json) => at(item, rest)) : [];
}

function member(value: Json | undefined, key: string): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, Json>>)[key]
    : undefined;
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
