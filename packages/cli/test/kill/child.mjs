// Writes an output, and dies where it is told to: node child.mjs BUNDLE ROOT FILES KILL_AT
import { createRequire } from "node:module";
import { nodeHost } from "./node-host.mjs";

const [bundle, root, files, killAt] = process.argv.slice(2);
const { apply, plan, recover, createReporter } = createRequire(import.meta.url)(bundle);
const folder = "generated/local";
recover(nodeHost(root), folder);
const reporter = createReporter();
const host = nodeHost(root, Number(killAt));
const outputs = Object.entries(JSON.parse(files)).map(([path, text]) => ({ path, text, from: ["project"] }));
const planned = plan({ host, folder, files: outputs, version: "1.0.0", force: false, reporter });
apply(host, planned);
process.stdout.write(JSON.stringify({ diagnostics: reporter.diagnostics().map(({ code }) => code), effects: host.effects() }));
