import type { DiagnosticTable } from "./define.js";

export const linkDiagnostics = {} satisfies DiagnosticTable;
