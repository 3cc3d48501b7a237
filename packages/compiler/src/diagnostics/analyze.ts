import type { DiagnosticTable } from "./define.js";

export const analyzeDiagnostics = {} satisfies DiagnosticTable;
