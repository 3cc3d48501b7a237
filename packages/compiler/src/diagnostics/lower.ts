import type { DiagnosticTable } from "./define.js";

export const lowerDiagnostics = {} satisfies DiagnosticTable;
