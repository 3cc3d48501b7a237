/** The phases up to resolve, over files in memory. */
import { parse } from "../src/1-parse/index.js";
import { validate } from "../src/2-validate/index.js";
import { reportUnknowns, resolve, type ProjectFile, type Resolution } from "../src/3-resolve/index.js";
import { createReporter, type Diagnostic } from "../src/diagnostic.js";

export interface Front {
  readonly resolution: Resolution;
  readonly diagnostics: readonly Diagnostic[];
}

/** The first file is the project file. */
export function front(files: Readonly<Record<string, string>>): Front {
  const reporter = createReporter();
  const parsed: ProjectFile[] = Object.entries(files).map(([path, text], index) => {
    const role = index === 0 ? "project" : "included";
    const document = parse({ path, text }, reporter.report);
    validate(document, role, reporter.report);
    return { document, role };
  });
  const resolution = resolve(parsed, reporter);
  reportUnknowns(parsed, resolution.symbols, resolution.unknown, reporter.report);
  return { resolution, diagnostics: reporter.diagnostics() };
}
