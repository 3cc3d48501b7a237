import type { EmitContext, Ir, Program } from "@mlspec/compiler";
import type { Deployment } from "kubernetes-types/apps/v1.js";
import { accountName, imageOf, kebab, projectLabels, streamSelector } from "./names.js";
import { streamPolicy } from "./network.js";
import { containerSecurity, hardened, ownResources, resourcesOf, scratchMount, secretVariables } from "./pod.js";

/** The stream that keeps the history of a topic, and what it may talk to. */
export type Stream = Extract<Program, { readonly kind: "history" }>;

export function streamsOf(ir: Ir): readonly Stream[] {
  return Object.values(ir.programs).filter((program) => program.kind === "history");
}

export function streamObjects(context: EmitContext, stream: Stream, file: string): readonly object[] {
  const { ir } = context;
  return [deployment(context, stream, file), streamPolicy(ir, stream.id, imageOf(ir, stream.id).id)];
}

/** One pod at a time, for there is one checkpoint: the old one ends before the new one begins. What fails is started again, and goes on. */
function deployment(context: EmitContext, stream: Stream, file: string): Deployment {
  const { ir } = context;
  const name = kebab(stream.id);
  const image = imageOf(ir, stream.id);
  const linked = context.link(`image:${image.id}`, file);
  const program = context.link(`program:${stream.id}`, file);
  const labels = { ...streamSelector(stream.id), ...projectLabels(ir) };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, labels, ...(stream.owner === undefined ? {} : { annotations: { owner: stream.owner } }) },
    spec: {
      replicas: 1,
      revisionHistoryLimit: 5,
      strategy: { type: "Recreate" },
      selector: { matchLabels: streamSelector(stream.id) },
      template: {
        metadata: { labels },
        spec: hardened(ir, {
          serviceAccountName: accountName(ir, image.id),
          containers: [
            {
              name: "stream",
              image: linked.kind === "reference" ? linked.reference : linked.path,
              imagePullPolicy: "IfNotPresent",
              // Kubernetes would expand `$(NAME)`.
              command: program.kind === "file" ? program.argv.map((word) => word.replaceAll("$", "$$$$")) : [],
              env: [...ownResources(), ...secretVariables(ir, stream.id)],
              resources: resourcesOf(stream.resources),
              securityContext: containerSecurity,
              volumeMounts: [scratchMount],
            },
          ],
        }),
      },
    },
  };
}
