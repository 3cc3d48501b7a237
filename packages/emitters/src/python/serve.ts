/** `serve_NAME.py`: an online deployment, its request and response, what it looks up and what it computes. */
import type { DataType, Field, Ir, Model, Program, Service } from "@mlspec/compiler";
import { call, code, dict, literal, subscript, tuple, type Literal, type Py } from "../text/python.js";
import { flat, importing } from "./code.js";
import { neededBy, type Needed } from "./features.js";
import { storeImports } from "../text/server.js";
import { known } from "./known.js";
import { describe, modelModule } from "./model.js";
import { annotation, BITS, example } from "./types.js";

interface FieldContext {
  readonly name: string;
  readonly annotation: Py;
}

export function serveContext(ir: Ir, program: Extract<Program, { kind: "serve" }>): object {
  const service = known(ir.services, program.service);
  const model = known(ir.models, service.model);
  const needed = neededBy(ir, model);
  const request = service.request.map((field, index) => ({ name: fieldName(field.name, index), annotation: requestField(field, index) }));
  const features = model.inputs.map(({ name, type }, index) => featureField(name, type, index));
  const answer = answerOf(model);
  const printed = [...request, ...features].map((field) => flat(field.annotation));
  return {
    title: describe(`The service ${service.name}: predictions of the model ${model.name}`, service.description),
    module: modelModule(model.name),
    hasDecimal: printed.some((text) => /\bDecimal\b/.test(text)) || needed.expressions.has("Decimal"),
    hasFields: printed.some((text) => text.startsWith("Annotated[")),
    pydantic: importing("pydantic", ["BaseModel", ...(printed.some((text) => text.includes("Field(")) ? ["Field"] : [])]),
    hasExpressions: [...needed.expressions].some((name) => name !== "Decimal"),
    expressions: importing(
      "expressions",
      [...needed.expressions].filter((name) => name !== "Decimal"),
    ),
    hasStores: needed.groups.length > 0,
    onlineStore: importing("online_store", storeNames(needed)),
    ...storeImports(needed.places),
    serving: importing("serving", servingNames(printed)),
    servingState: importing("serving_state", ["Deployment", "Values", ...(needed.groups.length > 0 ? ["StoredGroup"] : [])]),
    request,
    features,
    answer,
    derived: needed.derived,
    deployment: deployment(service, needed),
  };
}

function deployment(service: Service, needed: Needed): Py {
  return call("Deployment", [], {
    name: literal(service.name),
    description: literal(service.description ?? ""),
    model: code("MODEL"),
    request: code("Request"),
    response: code("Prediction"),
    stores: tuple(needed.groups),
    request_features: dict(needed.request.map(([name, column]) => [name, literal(column)] as const)),
    derive: code("derive"),
    port: literal(service.port),
  });
}

function storeNames({ kinds }: Needed): readonly string[] {
  return ["Key", ...(kinds.has("latest") ? ["LatestGroup", "Latest"] : []), ...(kinds.has("windowed") ? ["Window", "WindowedGroup"] : [])];
}

function servingNames(printed: readonly string[]): readonly string[] {
  const types = ["Date", "Timestamp"].filter((name) => printed.some((text) => new RegExp(`\\b${name}\\b`).test(text)));
  return ["FeatureValues", "ModelVersion", "PredictionRequest", "create_app", "serve", ...types];
}

function answerOf(model: Model): readonly FieldContext[] {
  const text = (value: string): Py => code(value);
  if (model.task !== "multiclass_classification") return [{ name: "prediction", annotation: text("float") }];
  return [
    { name: "prediction", annotation: text("str") },
    { name: "scores", annotation: text("dict[str, float]") },
  ];
}

/** Names that pydantic or the base class would take for something else, or that are no plain identifier, get a number instead. */
function fieldName(column: string, index: number): string {
  return /^[a-z][a-z0-9_]*$/.test(column) && !RESERVED.has(column) ? column : `field_${index + 1}`;
}

const RESERVED: ReadonlySet<string> = new Set(
  (
    "at model_config model_fields model_computed_fields model_extra model_fields_set model_construct model_copy model_dump model_dump_json model_json_schema " +
    "model_parametrized_name model_post_init model_rebuild model_validate model_validate_json model_validate_strings copy dict json schema schema_json construct " +
    "validate parse_obj parse_raw parse_file from_orm fields update_forward_refs float int bool str datetime " +
    "and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

function requestField({ name, type, nullable, comment }: Field, index: number): Py {
  const options: Record<string, Literal> = {};
  if (fieldName(name, index) !== name) options["alias"] = name;
  if (comment !== undefined) options["description"] = comment;
  Object.assign(options, bounds(type));
  options["examples"] = [example(type)];
  return annotated(`${annotation(type)}${nullable ? " | None" : ""}`, options);
}

/** What Spark's type can hold. */
function bounds(type: DataType): Readonly<Record<string, Literal>> {
  const bits = BITS[type.kind];
  if (bits !== undefined) return { ge: -(2n ** BigInt(bits - 1)), le: 2n ** BigInt(bits - 1) - 1n };
  if (type.kind === "decimal") return { strict: false, max_digits: type.precision, decimal_places: type.scale };
  return {};
}

function featureField(name: string, type: DataType, index: number): FieldContext {
  const field = fieldName(name, index);
  const type_ = `${annotation(type)} | None`;
  return { name: field, annotation: field === name ? code(type_) : annotated(type_, { alias: name }) };
}

function annotated(type: string, options: Readonly<Record<string, Literal>>): Py {
  const arguments_ = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, literal(value)]));
  return subscript("Annotated", [code(type), call("Field", [], arguments_)]);
}
