/**
 * What the API server would refuse in a patched object, as far as that is known without one: kinds of values, what is needed, and
 * labels that have to agree. Fields that are not listed are the user's.
 */
import { validateOptions, type Json, type JsonObject, type PatchProblem } from "@mlspec/compiler";

const text: Json = { type: "string" };
const whole: Json = { type: "integer" };
const yes: Json = { type: "boolean" };
const texts: Json = list(text);
const labels: Json = { type: "object", additionalProperties: text };
const quantities: Json = { type: "object", additionalProperties: { type: ["string", "number"] } };
const share: Json = { type: ["integer", "string"] };

function object(properties: JsonObject, ...required: readonly string[]): Json {
  return { type: "object", properties, required };
}

function list(items: Json): Json {
  return { type: "array", items };
}

const metadata = object({ name: text, namespace: text, labels, annotations: labels });
const container = object(
  {
    name: text,
    image: text,
    imagePullPolicy: { enum: ["Always", "IfNotPresent", "Never"] },
    command: texts,
    args: texts,
    env: list(object({ name: text, value: text, valueFrom: object({}) }, "name")),
    envFrom: list(object({})),
    ports: list(object({ name: text, containerPort: whole }, "containerPort")),
    resources: object({ requests: quantities, limits: quantities }),
    volumeMounts: list(object({ name: text, mountPath: text, readOnly: yes }, "name", "mountPath")),
    securityContext: object({}),
    livenessProbe: object({}),
    readinessProbe: object({}),
    startupProbe: object({}),
  },
  "name",
  "image",
);
const podSpec = object(
  {
    containers: { type: "array", items: container, minItems: 1 },
    initContainers: list(container),
    volumes: list(object({ name: text }, "name")),
    nodeSelector: labels,
    tolerations: list(object({ key: text, operator: text, value: text, effect: text, tolerationSeconds: whole })),
    affinity: object({}),
    topologySpreadConstraints: list(
      object({ maxSkew: whole, topologyKey: text, whenUnsatisfiable: text }, "maxSkew", "topologyKey", "whenUnsatisfiable"),
    ),
    imagePullSecrets: list(object({ name: text })),
    serviceAccountName: text,
    priorityClassName: text,
    runtimeClassName: text,
    restartPolicy: { enum: ["Always", "OnFailure", "Never"] },
    terminationGracePeriodSeconds: whole,
    automountServiceAccountToken: yes,
    hostNetwork: yes,
    securityContext: object({}),
  },
  "containers",
);
const template = object({ metadata, spec: podSpec }, "spec");
const selector = object({ matchLabels: labels });
const jobSpec = object({ template, backoffLimit: whole, activeDeadlineSeconds: whole, ttlSecondsAfterFinished: whole }, "template");

/** By kind: `spec`, or what stands at the top. */
const KINDS: Readonly<Record<string, JsonObject>> = {
  Deployment: {
    spec: object(
      {
        replicas: whole,
        selector,
        template,
        strategy: object({
          type: { enum: ["Recreate", "RollingUpdate"] },
          rollingUpdate: object({ maxSurge: share, maxUnavailable: share }),
        }),
      },
      "selector",
      "template",
    ),
  },
  CronJob: {
    spec: object(
      {
        schedule: text,
        timeZone: text,
        suspend: yes,
        concurrencyPolicy: { enum: ["Allow", "Forbid", "Replace"] },
        jobTemplate: object({ metadata, spec: jobSpec }, "spec"),
      },
      "schedule",
      "jobTemplate",
    ),
  },
  Service: {
    spec: object({ type: text, selector: labels, ports: list(object({ name: text, port: whole, targetPort: share }, "port")) }, "ports"),
  },
  HorizontalPodAutoscaler: {
    spec: object(
      {
        minReplicas: whole,
        maxReplicas: whole,
        scaleTargetRef: object({ kind: text, name: text }, "kind", "name"),
        metrics: list(object({ type: text }, "type")),
        behavior: object({}),
      },
      "scaleTargetRef",
      "maxReplicas",
    ),
  },
  PodDisruptionBudget: { spec: object({ minAvailable: share, maxUnavailable: share, selector }) },
  NetworkPolicy: {
    spec: object(
      { podSelector: object({}), policyTypes: list({ enum: ["Ingress", "Egress"] }), ingress: list(object({})), egress: list(object({})) },
      "podSelector",
    ),
  },
  ConfigMap: { data: labels },
  ServiceAccount: { automountServiceAccountToken: yes },
  Namespace: {},
  Kustomization: { resources: texts, namespace: text },
};

export function verify(value: Json): readonly PatchProblem[] {
  const kind = isObject(value) && typeof value["kind"] === "string" ? value["kind"] : "";
  const schema = object(
    { apiVersion: text, kind: text, metadata, ...KINDS[kind] },
    "apiVersion",
    "kind",
    ...(kind === "Kustomization" ? [] : ["metadata"]),
  );
  const problems = validateOptions(schema, value).map(({ path, reason }) => ({ path, reason }));
  return problems.length > 0 ? problems : [...unselected(value), ...withoutName(value)];
}

/** A workload has to select the pods that it makes. */
function unselected(value: Json): readonly PatchProblem[] {
  const wanted = at(value, ["spec", "selector", "matchLabels"]);
  const given = at(value, ["spec", "template", "metadata", "labels"]);
  if (at(value, ["kind"]) !== "Deployment" || !isObject(wanted)) return [];
  return Object.entries(wanted)
    .filter(([label, word]) => !isObject(given) || given[label] !== word)
    .map(([label]) => ({
      path: ["spec", "selector", "matchLabels", label],
      reason: "the template's pods do not have this label, so they would not be selected",
    }));
}

/** Volumes that are mounted are there. */
function withoutName(value: Json): readonly PatchProblem[] {
  const pod: readonly string[] =
    at(value, ["kind"]) === "CronJob" ? ["spec", "jobTemplate", "spec", "template", "spec"] : ["spec", "template", "spec"];
  const names = (path: readonly string[]): readonly Json[] => items(at(value, [...pod, ...path]));
  const volumes = names(["volumes"]).map((volume) => at(volume, ["name"]));
  return ["initContainers", "containers"].flatMap((key) =>
    names([key]).flatMap((each, i) =>
      items(at(each, ["volumeMounts"])).flatMap((mount, j) =>
        volumes.includes(at(mount, ["name"]))
          ? []
          : [{ path: [...pod, key, i, "volumeMounts", j, "name"], reason: "there is no such volume" }],
      ),
    ),
  );
}

function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

function items(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
