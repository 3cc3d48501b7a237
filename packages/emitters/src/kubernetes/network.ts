import type { Endpoint, Ir } from "@mlspec/compiler";
import type { NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyPeer } from "kubernetes-types/networking/v1.js";
import { batchSelector, kebab, projectLabels, selectorOf, streamSelector } from "./names.js";

/** Where Amazon's agent on a node tells a pod who it is. */
const POD_IDENTITY = "169.254.170.23/32";

/** Names are looked up in the cluster; object storage, and the service that exchanges a pod's token for keys to it, answer on 443. */
function egress(ir: Ir, principals: readonly string[]): readonly NetworkPolicyEgressRule[] {
  const paths = principals.flatMap((id) => [...(ir.principals[id]?.reads ?? []), ...(ir.principals[id]?.writes ?? [])]);
  const remote = paths.some((path) => /^[a-z0-9]+:\/\//.test(path) && !path.startsWith("file:"));
  const dns: NetworkPolicyEgressRule = {
    to: [
      {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
        podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
      },
    ],
    ports: [
      { protocol: "UDP", port: 53 },
      { protocol: "TCP", port: 53 },
    ],
  };
  const endpoints = new Map(principals.flatMap((id) => ir.principals[id]?.connects ?? []).map((to) => [`${to.host}:${to.port}`, to]));
  const identity: NetworkPolicyEgressRule = { to: [{ ipBlock: { cidr: POD_IDENTITY } }], ports: [{ protocol: "TCP", port: 80 }] };
  const storage: readonly NetworkPolicyEgressRule[] = remote ? [{ ports: [{ protocol: "TCP", port: 443 }] }, identity] : [];
  return [dns, ...storage, ...serverRules([...endpoints.values()])];
}

/** What leads to servers. A policy knows addresses and the cluster's own names: of any other name, it can say the port only. */
function serverRules(endpoints: readonly Endpoint[]): readonly NetworkPolicyEgressRule[] {
  const rules = endpoints.map(({ host, port }): NetworkPolicyEgressRule => {
    const ports = [{ protocol: "TCP", port }];
    const to = peerOf(host);
    return to === undefined ? { ports } : { to: [to], ports };
  });
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}

function peerOf(host: string): NetworkPolicyPeer | undefined {
  if (host.includes(":")) return { ipBlock: { cidr: `${host}/128` } };
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return { ipBlock: { cidr: `${host}/32` } };
  const namespace = /^[a-z0-9-]+\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?$/.exec(host)?.[1];
  return namespace === undefined ? undefined : { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } };
}

export function servicePolicy(ir: Ir, name: string, image: string): NetworkPolicy {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: kebab(name), labels: { ...selectorOf(name), ...projectLabels(ir) } },
    spec: {
      podSelector: { matchLabels: selectorOf(name) },
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ ports: [{ protocol: "TCP", port: "http" }] }],
      egress: [...egress(ir, [image])],
    },
  };
}

/** Nobody calls a stream. */
export function streamPolicy(ir: Ir, stream: string, image: string): NetworkPolicy {
  const selector = streamSelector(stream);
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: stream, labels: { ...selector, ...projectLabels(ir) } },
    spec: { podSelector: { matchLabels: selector }, policyTypes: ["Ingress", "Egress"], egress: [...egress(ir, [image])] },
  };
}

/** Nobody calls a batch pod. */
export function batchPolicy(ir: Ir): NetworkPolicy {
  const images = Object.values(ir.images).filter(({ base }) => base !== "serving");
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: `${kebab(ir.project.name)}-batch`, labels: { ...batchSelector(ir), ...projectLabels(ir) } },
    spec: {
      podSelector: { matchLabels: batchSelector(ir) },
      policyTypes: ["Ingress", "Egress"],
      egress: [
        ...egress(
          ir,
          images.map(({ id }) => id),
        ),
      ],
    },
  };
}
