/** The codes of this emitter. */
import type { Emitter } from "@mlspec/compiler";

export const dockerDiagnostics = {
  "invalid-registry": {
    severity: "error",
    docs: {
      what: "The option `registry` is not the beginning of an image's name.",
      why: "Docker would refuse every image that is built.",
      fix: "Write a host and a path in small letters, such as `ghcr.io/acme`.",
    },
  },
  "unsupported-path": {
    severity: "error",
    docs: {
      what: "A file or folder of `code` has a name that a Dockerfile or a `.dockerignore` has no safe way to say.",
      why: "The image would be built without it, or with something else.",
      fix: "Rename it with letters, digits, `.`, `_`, `@`, `+` and `-`, or leave it out of `code`.",
    },
  },
  "unsupported-storage": {
    severity: "error",
    docs: {
      what: "Data lies where the packages of the images cannot read it.",
      why: "The programs would fail at their first read.",
      fix: "Use a path of S3 (`s3a://bucket/path`) in the environments that run on Kubernetes.",
    },
  },
} satisfies Emitter["diagnostics"];
