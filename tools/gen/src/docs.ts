import type { InterfaceModel, Language, PropertyModel, TypeModel } from "./model.js";

/** Pages of the reference: one for the project, one for each kind of definition and for what deserves its own. */
export function referencePages(language: Language): ReadonlyMap<string, string> {
  const written = new Map<string, string>();
  const project = language.interfaces.get("ProjectSpec");
  if (project === undefined) throw new Error("spec.ts has no ProjectSpec");
  const pages = new Map<string, string[]>();
  const own = project.properties.filter(
    ({ name }) =>
      ["environments", "targets"].includes(name) ||
      project.properties.some((property) => property.name === name && property.declares !== undefined && property.declares !== "var"),
  );
  const shared = new Set(["ScheduleSpec"]);
  for (const property of own) {
    const sections = reachable(language, property.type).filter((name) => !written.has(name) && !shared.has(name));
    for (const name of sections) written.set(name, `${property.name}.md`);
    pages.set(`${property.name}.md`, sections);
  }
  const rest = ["ProjectSpec", ...reachable(language, { kind: "interface", name: "ProjectSpec" })].filter(
    (name, index, all) => !written.has(name) && all.indexOf(name) === index,
  );
  for (const name of rest) written.set(name, "project.md");
  const out = new Map<string, string>();
  out.set("project.md", page("The project: mlspec.yaml", rest, { language, pages: written, file: "project.md" }));
  for (const [file, sections] of pages) out.set(file, page(file.replace(".md", ""), sections, { language, pages: written, file }));
  return out;
}

function reachable(language: Language, type: TypeModel): readonly string[] {
  switch (type.kind) {
    case "interface":
      return [
        type.name,
        ...(language.interfaces.get(type.name)?.properties ?? []).flatMap((property) => reachable(language, property.type)),
      ];
    case "array":
      return reachable(language, type.items);
    case "map":
      return reachable(language, type.values);
    case "union":
      return type.members.flatMap((member) => reachable(language, member));
    default:
      return [];
  }
}

interface Where {
  readonly language: Language;
  /** The page of each interface. */
  readonly pages: ReadonlyMap<string, string>;
  readonly file: string;
}

function page(title: string, sections: readonly string[], { language, pages, file }: Where): string {
  const unique = sections.filter((name, index) => sections.indexOf(name) === index);
  const parts = unique.map((name) => section(language.interfaces.get(name), pages, file));
  return [`<!-- Generated from packages/compiler/src/spec.ts by \`npm run gen\`. -->`, `# ${title}`, "", ...parts].join("\n");
}

function section(model: InterfaceModel | undefined, pages: ReadonlyMap<string, string>, file: string): string {
  if (model === undefined) return "";
  const rows = model.properties.map((property) => row(property, pages, file));
  const one = model.exactlyOne.length === 0 ? [] : [`Exactly one of ${model.exactlyOne.map((key) => `\`${key}\``).join(", ")}.`, ""];
  return [
    `## ${titleOf(model.name)}`,
    "",
    model.doc,
    "",
    ...one,
    ...(rows.length === 0 ? ["It has no keys.", ""] : ["| key | value | |", "|---|---|---|", ...rows, ""]),
  ].join("\n");
}

function row(property: PropertyModel, pages: ReadonlyMap<string, string>, file: string): string {
  const notes = [
    property.doc,
    ...(property.default === undefined ? [] : [`Default: ${property.default}.`]),
    ...(property.examples.length === 0 ? [] : [`Example: ${property.examples.map((example) => `\`${example}\``).join(", ")}.`]),
    ...(takesVars(property.type) ? ["Takes `${var.name}`."] : []),
  ];
  return `| \`${property.name}\`${property.optional ? "" : " *required*"} | ${typeText(property.type, pages, file)} | ${cell(notes.join(" "))} |`;
}

function typeText(type: TypeModel, pages: ReadonlyMap<string, string>, file: string): string {
  switch (type.kind) {
    case "string":
      if (type.references !== undefined)
        return `name of ${type.references.map((kind) => `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`).join(" or ")}`;
      if (type.secret === true) return "[secret](../secrets.md)";
      return type.format === undefined ? "text" : `[${type.format.replaceAll("-", " ")}](../values.md#${type.format})`;
    case "number":
      return `${type.integer ? "whole number" : "number"}${type.minimum === undefined ? "" : ` ≥ ${type.minimum}`}`;
    case "boolean":
      return "`true` or `false`";
    case "unknown":
      return "anything";
    case "words":
      return type.words.map((word) => `\`${word}\``).join(" \\| ");
    case "array":
      return `list of ${typeText(type.items, pages, file)}`;
    case "map":
      return `map of ${typeText(type.values, pages, file)}`;
    case "union":
      return type.members.map((member) => typeText(member, pages, file)).join(" or ");
    case "mirror":
      return `${type.keys.map((key) => `\`${key}\``).join(", ")}, with all keys optional`;
    case "interface": {
      const target = pages.get(type.name) ?? file;
      return `[${titleOf(type.name)}](${target === file ? "" : target}#${titleOf(type.name).replaceAll(" ", "-")})`;
    }
  }
}

function takesVars(type: TypeModel): boolean {
  if (type.kind === "string") return type.vars === true;
  if (type.kind === "array") return takesVars(type.items);
  return type.kind === "union" && type.members.some(takesVars);
}

function titleOf(name: string): string {
  return name
    .replace(/Spec$/, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
