/** Text of an emitted file that is data: YAML or JSON, by the ending of its path. */
import type { EmittedData } from "../emitter.js";
import type { Json } from "../ir.js";
import { printYaml, printYamlStream } from "./yaml.js";

export function printData(file: EmittedData): string {
  if (file.path.endsWith(".json")) return `${JSON.stringify(file.data, null, 2)}\n`;
  const header = (file.header ?? []).map((line) => `# ${line}\n`).join("");
  return header + (file.stream === true && isStream(file.data) ? printYamlStream(file.data) : printYaml(single(file)));
}

function isStream(data: EmittedData["data"]): data is readonly Json[] {
  return Array.isArray(data);
}

function single(file: EmittedData): Json {
  return file.data;
}
