/** The table of all diagnostics of the compiler. Each phase has its own part; codes are never renamed, only retired. */
import { analyzeDiagnostics } from "./analyze.js";
import { linkDiagnostics } from "./link.js";
import { lowerDiagnostics } from "./lower.js";
import { parseDiagnostics } from "./parse.js";
import { patchDiagnostics } from "./patch.js";
import { readDiagnostics } from "./read.js";
import { resolveDiagnostics } from "./resolve.js";
import { secretDiagnostics } from "./secrets.js";
import { templateDiagnostics } from "./template.js";
import { validateDiagnostics } from "./validate.js";
import { versionDiagnostics } from "./versions.js";
import { writeDiagnostics } from "./write.js";

export const diagnosticTable = {
  ...readDiagnostics,
  ...parseDiagnostics,
  ...validateDiagnostics,
  ...resolveDiagnostics,
  ...secretDiagnostics,
  ...analyzeDiagnostics,
  ...lowerDiagnostics,
  ...linkDiagnostics,
  ...patchDiagnostics,
  ...templateDiagnostics,
  ...versionDiagnostics,
  ...writeDiagnostics,
};

/** Parts by phase: a code must stand in one of them only. */
export const diagnosticParts = [
  readDiagnostics,
  parseDiagnostics,
  validateDiagnostics,
  resolveDiagnostics,
  secretDiagnostics,
  analyzeDiagnostics,
  lowerDiagnostics,
  linkDiagnostics,
  patchDiagnostics,
  templateDiagnostics,
  versionDiagnostics,
  writeDiagnostics,
] as const;

export type Code = keyof typeof diagnosticTable;
