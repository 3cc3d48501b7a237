import {
  Node,
  Project,
  type InterfaceDeclaration,
  type JSDocableNode,
  type PropertySignature,
  type SourceFile,
  type TypeAliasDeclaration,
  type TypeNode,
} from "ts-morph";
import { first, parseComment, words, type Comment } from "./jsdoc.js";
import type { InterfaceModel, Language, PropertyModel, StringType, TypeModel } from "./model.js";

/** Reads spec.ts. Whatever is not of the closed subset is an error: the generator never guesses. */
export function readSpec(path: string): Language {
  const file = new Project({ skipAddingFilesFromTsConfig: true }).addSourceFileAtPath(path);
  const interfaces = new Map(file.getInterfaces().map((declaration) => [declaration.getName(), readInterface(declaration, file)]));
  return { interfaces };
}

function commentOf(node: JSDocableNode & Node, where: string): Comment {
  const doc = node.getJsDocs().at(-1);
  if (doc === undefined) throw new Error(`${where} has no comment`);
  return parseComment(doc.getInnerText(), where);
}

function readInterface(declaration: InterfaceDeclaration, file: SourceFile): InterfaceModel {
  const name = declaration.getName();
  const comment = commentOf(declaration, name);
  const inherited = declaration.getExtends().flatMap((base) => {
    const found = file.getInterface(base.getText());
    if (found === undefined) throw new Error(`${name} extends ${base.getText()}, which is not in spec.ts`);
    return readInterface(found, file).properties;
  });
  if (declaration.getMembers().length !== declaration.getProperties().length)
    throw new Error(`${name} has members that are not properties`);
  const plugins = first(comment, "plugins");
  const minItems = first(comment, "minItems");
  const own = declaration.getProperties().map((property) => readProperty(property, name, file));
  return {
    name,
    doc: comment.text,
    exactlyOne: words(comment, "exactlyOne"),
    ...(minItems === undefined ? {} : { minItems: Number(minItems) }),
    ...(plugins === undefined ? {} : { plugins }),
    properties: [...inherited, ...own],
  };
}

function readProperty(property: PropertySignature, owner: string, file: SourceFile): PropertyModel {
  const where = `${owner}.${property.getName()}`;
  const comment = commentOf(property, where);
  const node = property.getTypeNode();
  if (node === undefined) throw new Error(`${where} has no type`);
  const declares = first(comment, "declares");
  const fallback = first(comment, "default");
  const unit = first(comment, "unit");
  return {
    name: property.getName(),
    optional: property.hasQuestionToken(),
    doc: comment.text,
    examples: comment.tags.get("example") ?? [],
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(unit === undefined ? {} : { unit }),
    ...(declares === undefined ? {} : { declares }),
    type: tagged(readType(node, where, file), comment),
  };
}

function readType(node: TypeNode, where: string, file: SourceFile): TypeModel {
  if (Node.isParenthesizedTypeNode(node)) return readType(node.getTypeNode(), where, file);
  if (Node.isArrayTypeNode(node)) return { kind: "array", items: readType(node.getElementTypeNode(), where, file) };
  if (Node.isUnionTypeNode(node)) return readUnion(node.getTypeNodes(), where, file);
  if (Node.isTypeReference(node)) return readReference(node.getTypeName().getText(), node.getTypeArguments(), where, file);
  switch (node.getText()) {
    case "string":
      return { kind: "string" };
    case "number":
      return { kind: "number", integer: false };
    case "boolean":
      return { kind: "boolean" };
    case "unknown":
      return { kind: "unknown" };
    default:
      return { kind: "words", words: [wordOf(node, where)] };
  }
}

function readUnion(nodes: readonly TypeNode[], where: string, file: SourceFile): TypeModel {
  if (nodes.every((node) => Node.isLiteralTypeNode(node))) return { kind: "words", words: nodes.map((node) => wordOf(node, where)) };
  return { kind: "union", members: nodes.map((node) => readType(node, where, file)) };
}

function wordOf(node: TypeNode, where: string): string {
  const literal = Node.isLiteralTypeNode(node) ? node.getLiteral() : undefined;
  if (!Node.isStringLiteral(literal)) throw new Error(`${where}: ${node.getText()} is not of the subset that the generator reads`);
  return literal.getLiteralValue();
}

function readReference(name: string, args: readonly TypeNode[], where: string, file: SourceFile): TypeModel {
  const [key, value] = args;
  if (name === "Record" && key?.getText() === "string" && value !== undefined) return { kind: "map", values: readType(value, where, file) };
  if (file.getInterface(name) !== undefined) return { kind: "interface", name };
  const alias = file.getTypeAlias(name);
  if (alias === undefined) throw new Error(`${where}: ${name} is not in spec.ts`);
  return readAlias(alias, file);
}

function readAlias(alias: TypeAliasDeclaration, file: SourceFile): TypeModel {
  const comment = commentOf(alias, alias.getName());
  const [of, ...keys] = words(comment, "mirrors");
  if (of !== undefined) return { kind: "mirror", of, keys };
  return tagged(readType(alias.getTypeNodeOrThrow(), alias.getName(), file), comment);
}

/** Tags of a property hold for the texts in it: of lists, of maps and in unions, but not inside other interfaces. */
function tagged(type: TypeModel, comment: Comment): TypeModel {
  const minItems = first(comment, "minItems");
  const minimum = first(comment, "minimum");
  switch (type.kind) {
    case "string":
      return taggedString(type, comment);
    case "number":
      return minimum === undefined ? type : { ...type, integer: true, minimum: Number(minimum) };
    case "array":
      return { ...type, items: tagged(type.items, comment), ...(minItems === undefined ? {} : { minItems: Number(minItems) }) };
    case "map":
      return { ...type, values: tagged(type.values, comment), ...(minItems === undefined ? {} : { minItems: Number(minItems) }) };
    case "union":
      return { ...type, members: type.members.map((member) => tagged(member, comment)) };
    default:
      return type;
  }
}

function taggedString(type: StringType, comment: Comment): StringType {
  const format = first(comment, "format");
  const pattern = first(comment, "pattern");
  const references = words(comment, "references");
  return {
    ...type,
    ...(format === undefined ? {} : { format }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(references.length === 0 ? {} : { references }),
    ...(comment.tags.has("vars") ? { vars: true } : {}),
    ...(comment.tags.has("secret") ? { secret: true } : {}),
  };
}
