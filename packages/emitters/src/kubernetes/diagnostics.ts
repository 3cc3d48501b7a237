/** The codes of this emitter. */
import type { Emitter } from "@mlspec/compiler";

export const kubernetesDiagnostics = {
  "invalid-namespace": {
    severity: "error",
    docs: {
      what: "The option `namespace` is no name that Kubernetes takes for a namespace.",
      why: "The API server would refuse every manifest.",
      fix: "Use at most 63 small letters, digits and `-`, beginning and ending with a letter or a digit.",
    },
  },
} satisfies Emitter["diagnostics"];
