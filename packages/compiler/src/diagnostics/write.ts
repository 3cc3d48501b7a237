import type { DiagnosticTable } from "./define.js";

export const writeDiagnostics = {} satisfies DiagnosticTable;
