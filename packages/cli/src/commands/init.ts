/** `mlspec init`: a project that compiles at once. Never writes over a file. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { nearest } from "@mlspec/compiler";
import { meant, projectFlag, UsageError } from "../args.js";
import { asset } from "../assets.js";
import type { Command } from "../command.js";
import { samples } from "../sample.js";

const DEFAULT = "batch";

export const init: Command = {
  name: "init",
  summary: "Starts a project that compiles and runs at once: it brings data to run on.",
  operands: "[DIR]",
  positionals: 1,
  flags: [
    { name: "template", short: "t", value: "NAME", help: `what to start from (default: ${DEFAULT}); --list shows all` },
    { name: "list", help: "list the templates" },
    { ...projectFlag, help: "the folder that DIR counts from" },
  ],
  examples: ["mlspec init", "mlspec init churn", "mlspec init churn --template batch"],
  run: async ({ args, terminal, cwd }) => {
    const root = asset("init");
    const templates = readdirSync(root).sort();
    if (args.has("list")) {
      terminal.out(`${templates.join("\n")}\n`);
      return 0;
    }
    const template = args.value("template") ?? DEFAULT;
    if (!templates.includes(template))
      throw new UsageError(
        `there is no template \`${template}\`; there are ${templates.join(", ")}.${meant(nearest(template, templates))}`,
      );
    const folder = resolve(cwd, args.value("project") ?? "", args.positionals[0] ?? "");
    const files = filesOf(join(root, template));
    const data = samples[template] ?? {};
    const taken = [...files, ...Object.keys(data)].filter((file) => existsSync(join(folder, placed(file))));
    if (taken.length > 0) {
      terminal.say(
        `${taken.map(placed).join(", ")} ${taken.length === 1 ? "is" : "are"} already there: nothing was written. Choose an empty folder: mlspec init DIR`,
      );
      return 1;
    }
    const name = projectName(basename(folder));
    for (const file of files) {
      const target = join(folder, placed(file));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, readFileSync(join(root, template, file), "utf8").replaceAll("__PROJECT__", name), { flag: "wx" });
      terminal.out(`${placed(file)}\n`);
    }
    for (const [path, text] of Object.entries(data)) {
      const target = join(folder, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text(), { flag: "wx" });
      terminal.out(`${path}\n`);
    }
    const inside = args.positionals[0] === undefined ? "" : `cd ${args.positionals[0]} && `;
    terminal.say(`\nNext: ${inside}mlspec compile, or mlspec run to see it work on the data that came with it`);
    return 0;
  },
};

/** npm leaves files named .gitignore out of packages. */
function placed(file: string): string {
  return file.replace(/(^|\/)_gitignore$/, "$1.gitignore");
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

/** A name that the language takes, near the folder's. */
export function projectName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 40)
    .replace(/_+$/, "");
  return name === "" ? "my_project" : name;
}
