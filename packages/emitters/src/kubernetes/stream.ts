import type { EmitContext, Ir, Program } from "@mlspec/compiler";
import type { Deployment } from "kubernetes-types/apps/v1.js";
import { streamName } from "@mlspec/compiler";
import { accountName, imageOf, projectLabels, streamSelector } from "./names.js";
import { streamPolicy } from "./network.js";
import { containerSecurity, hardened, ownResources, resourcesOf, scratchMount, secretVariables } from "./pod.js";

/** The streams that keep the history of a topic, and tiles of its events; and what they may talk to. */
export type Stream = Extract<Program, { readonly kind: "history" | "tiles" }>;

export function streamsOf(ir: Ir): readonly Stream[] {
  return Object.values(ir.programs).filter((program) => program.kind === "history" || program.kind === "tiles");
}

export function streamObjects(context: EmitContext, stream: Stream, file: string): readonly object[] {
  const { ir } = context;
  return [deployment(context, stream, file), streamPolicy(ir, streamName(ir, stream), imageOf(ir, stream.id).id)];
}

/** One pod at a time, for there is one place to go on from: the old one ends before the new one begins. What fails is started again, and goes on. */
function deployment(context: EmitContext, stream: Stream, file: string): Deployment {
  const { ir } = context;
  const name = streamName(ir, stream);
  const image = imageOf(ir, stream.id);
  const linked = context.link(`image:${image.id}`, file);
  const program = context.link(`program:${stream.id}`, file);
  const labels = { ...streamSelector(name), ...projectLabels(ir) };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, labels, ...(stream.owner === undefined ? {} : { annotations: { owner: stream.owner } }) },
    spec: {
      replicas: 1,
      revisionHistoryLimit: 5,
      strategy: { type: "Recreate" },
      selector: { matchLabels: streamSelector(name) },
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
