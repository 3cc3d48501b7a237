import type { EmitContext, Ir, Service } from "@mlspec/compiler";
import type { Deployment } from "kubernetes-types/apps/v1.js";
import type { HorizontalPodAutoscaler } from "kubernetes-types/autoscaling/v2.js";
import type { ConfigMap, Container, Service as KubernetesService } from "kubernetes-types/core/v1.js";
import type { PodDisruptionBudget } from "kubernetes-types/policy/v1.js";
import { regionVariables } from "../places.js";
import { accountName, kebab, projectLabels, selectorOf } from "./names.js";
import { servicePolicy } from "./network.js";
import { containerSecurity, hardened, resourcesOf, scratchMount, secretVariables } from "./pod.js";

/** Everything that an online deployment is in the cluster. */
export function serviceObjects(context: EmitContext, service: Service, file: string): readonly object[] {
  const { ir } = context;
  const config = configMap(context, service);
  const linked = context.link(`image:${service.image}`, file);
  const image = linked.kind === "reference" ? linked.reference : linked.path;
  return [
    config,
    deployment(ir, service, { image, config: config.metadata?.name ?? "" }),
    networkService(ir, service),
    ...(scales(service) ? [autoscaler(ir, service)] : []),
    disruptionBudget(ir, service),
    servicePolicy(ir, service.name, service.image),
  ];
}

function labelsOf(ir: Ir, { name }: Service): { [label: string]: string } {
  return { ...selectorOf(name), ...projectLabels(ir) };
}

function scales({ scale }: Service): boolean {
  return scale.max > scale.min;
}

/** Its name changes with its content, so that pods are replaced when their settings change. */
function configMap(context: EmitContext, service: Service): ConfigMap {
  const { ir } = context;
  const registry = ir.models[service.model]?.registryPath;
  const [store] = service.stores.flatMap((id) => {
    const known = ir.stores[id];
    return known?.place.kind === "sqlite" ? [known.path.replace(/\/[^/]*$/, "")] : [];
  });
  const data = {
    ...(registry === undefined ? {} : { MODEL_REGISTRY: registry }),
    ...(store === undefined ? {} : { ONLINE_STORE: store }),
    ...Object.fromEntries(regionVariables(ir).map(({ name, value }) => [name, value])),
    PORT: String(service.port),
    RELOAD_SECONDS: "10",
  };
  const hash = context.contentHash({ texts: [JSON.stringify(data)], files: [], code: false }).slice(0, 8);
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: `${kebab(service.name)}-${hash}`, labels: labelsOf(ir, service) },
    data,
    immutable: true,
  };
}

interface Runs {
  readonly image: string;
  readonly config: string;
}

function deployment(ir: Ir, service: Service, runs: Runs): Deployment {
  const name = kebab(service.name);
  const selector = selectorOf(service.name);
  const annotations = {
    ...(service.description === undefined ? {} : { "kubernetes.io/description": service.description }),
    ...(service.owner === undefined ? {} : { owner: service.owner }),
  };
  const spread = (
    topologyKey: string,
  ): { maxSkew: number; topologyKey: string; whenUnsatisfiable: string; labelSelector: { matchLabels: typeof selector } } => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: selector },
  });
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, labels: labelsOf(ir, service), ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
    spec: {
      // Where the autoscaler decides, a number here would set it back on every rollout.
      ...(scales(service) ? {} : { replicas: service.scale.min }),
      revisionHistoryLimit: 5,
      selector: { matchLabels: selector },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
      template: {
        metadata: {
          labels: labelsOf(ir, service),
          annotations: { "prometheus.io/scrape": "true", "prometheus.io/port": String(service.port), "prometheus.io/path": "/metrics" },
        },
        spec: hardened(ir, {
          serviceAccountName: accountName(ir, service.image),
          terminationGracePeriodSeconds: 30,
          topologySpreadConstraints: [spread("topology.kubernetes.io/zone"), spread("kubernetes.io/hostname")],
          containers: [container(ir, service, runs)],
        }),
      },
    },
  };
}

function container(ir: Ir, service: Service, { image, config }: Runs): Container {
  const secrets = secretVariables(ir, service.program);
  const get = (path: string): { path: string; port: string } => ({ path, port: "http" });
  return {
    name: "serving",
    image,
    imagePullPolicy: "IfNotPresent",
    envFrom: [{ configMapRef: { name: config } }],
    ...(secrets.length === 0 ? {} : { env: secrets }),
    ports: [{ name: "http", containerPort: service.port, protocol: "TCP" }],
    startupProbe: { httpGet: get("/healthz"), periodSeconds: 2, failureThreshold: 60 },
    readinessProbe: { httpGet: get("/readyz"), periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 2 },
    livenessProbe: { httpGet: get("/healthz"), periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 2 },
    // Endpoints forget a pod a moment after it is told to stop: it answers until then.
    lifecycle: { preStop: { sleep: { seconds: 5 } } },
    resources: resourcesOf(service.resources),
    securityContext: containerSecurity,
    volumeMounts: [scratchMount],
  };
}

function networkService(ir: Ir, service: Service): KubernetesService {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: kebab(service.name), labels: labelsOf(ir, service) },
    spec: {
      type: "ClusterIP",
      selector: selectorOf(service.name),
      ports: [{ name: "http", port: 80, protocol: "TCP", targetPort: "http" }],
    },
  };
}

function autoscaler(ir: Ir, service: Service): HorizontalPodAutoscaler {
  const name = kebab(service.name);
  const { min, max, cpu } = service.scale;
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name, labels: labelsOf(ir, service) },
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
      minReplicas: min,
      maxReplicas: max,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: Math.round(cpu * 100) } } },
      ],
      behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
    },
  };
}

function disruptionBudget(ir: Ir, service: Service): PodDisruptionBudget {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: kebab(service.name), labels: labelsOf(ir, service) },
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: { matchLabels: selectorOf(service.name) } },
  };
}
