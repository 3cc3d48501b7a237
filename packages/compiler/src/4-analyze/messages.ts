/** Messages of topics that a schema describes: whether it has the columns that their source declares. */
import { fieldOf, fits, readAs } from "../avro/fit.js";
import { parseAvroSchema, type AvroField, type AvroMessage, type MessageSchema, type ParsedSchema } from "../avro/schema.js";
import { saidOfEach } from "../changed.js";
import type { DataType, Field } from "../data-type.js";
import { nearest } from "../diagnostic.js";
import type { Memo } from "../memo.js";
import type { KafkaSpec, ProjectSpec, SourceSpec } from "../spec.js";
import type { AnalyzeInput, Finding } from "./analysis.js";
import { atKey, atValue, finding } from "./finding.js";
import { columnsOf } from "./source.js";
import { printDataType } from "./types/text.js";

export interface Messages {
  /** By source, of those that have one. */
  readonly schemas: Readonly<Record<string, MessageSchema>>;
  readonly findings: readonly Finding[];
}

type Files = NonNullable<AnalyzeInput["schemaFiles"]>;

const NONE = {};

export function analyzeMessages({ sources = NONE }: Pick<ProjectSpec, "sources">, files: Files, memo: Memo): Messages {
  return memo.keep("messages", [sources, files], () => {
    const parsed = parsedFiles(files, memo);
    const read = saidOfEach<SourceSpec, readonly [string, MessageSchema]>(sources, {
      step: "schemas of sources",
      memo,
      on: parsed,
      say: (name, { kafka }) => {
        const message = kafka && messageOf(kafka, parsed);
        return message === undefined ? [] : [[name, message.json]];
      },
    });
    const findings = saidOfEach<SourceSpec, Finding>(sources, {
      step: "findings of messages",
      memo,
      on: parsed,
      say: (name, source) => (source.kafka === undefined ? [] : sourceFindings(name, source, source.kafka, parsed)),
    });
    return { schemas: Object.fromEntries(read), findings: [...fileFindings(sources, parsed), ...findings] };
  });
}

type Parsed = ReadonlyMap<string, ParsedSchema>;

function parsedFiles(files: Files, memo: Memo): Parsed {
  return memo.keep("parsed schemas", [files], () => {
    return new Map(
      Object.entries(files).map(([file, text]) => [file, memo.keep("schema", [undefined, text], () => parseAvroSchema(text))]),
    );
  });
}

function isAvro({ format }: KafkaSpec): boolean {
  return format === "avro" || format === "avro_confluent";
}

function messageOf(kafka: KafkaSpec, parsed: Parsed): AvroMessage | undefined {
  const { schema } = kafka;
  const found = isAvro(kafka) && schema !== undefined ? parsed.get(schema) : undefined;
  return found !== undefined && "message" in found ? found.message : undefined;
}

/** What is wrong with a schema by itself is said once, whoever names it. */
function fileFindings(sources: Readonly<Record<string, SourceSpec>>, parsed: Parsed): readonly Finding[] {
  const named = new Set(Object.values(sources).flatMap(({ kafka }) => (kafka !== undefined && isAvro(kafka) ? (kafka.schema ?? []) : [])));
  return [...parsed].flatMap(([file, found]) =>
    "slips" in found && named.has(file)
      ? found.slips.map(({ span, message }) => finding("avro-schema", { in: "file", file, span }, { file, message }))
      : [],
  );
}

// oxlint-disable-next-line max-params -- a definition, and what it says.
function sourceFindings(name: string, source: SourceSpec, kafka: KafkaSpec, parsed: Parsed): readonly Finding[] {
  const path = ["sources", name, "kafka"];
  const { format, schema } = kafka;
  if (!isAvro(kafka)) return schema === undefined ? [] : [finding("avro-idle", atKey(...path, "schema"), { source: name, format })];
  if (schema === undefined) return [finding("avro-schema-needed", atValue([...path, "format"]), { source: name })];
  const message = messageOf(kafka, parsed);
  if (message === undefined) return [];
  return columnsOf(source.columns).flatMap((column) =>
    columnFindings(column, message, { file: schema, path: ["sources", name, "columns", column.name] }),
  );
}

interface At {
  readonly file: string;
  readonly path: readonly string[];
}

function columnFindings({ name, type, nullable }: Field, message: AvroMessage, { file, path }: At): readonly Finding[] {
  const field = fieldOf(message, name);
  if (field === undefined) return [unknownField(name, message, { file, path })];
  const related = [{ message: `\`${name}\` of the schema`, at: { in: "file", file, span: field.span } as const }];
  if (!fits(field.type, type)) {
    const args = { name, declared: printDataType(type), file, ...foundOf(field), logical: logicalFor(type, readAs(field.type)) };
    return [finding("avro-type", atValue(path), args, { related })];
  }
  return !nullable && field.type.nullable ? [finding("avro-null", atValue(path), { name, file }, { related })] : [];
}

function unknownField(name: string, { fields }: AvroMessage, { file, path }: At): Finding {
  const known = fields.map((field) => field.name);
  const near = nearest(name, known);
  const both = known.filter((other) => other.toLowerCase() === name.toLowerCase());
  const args = { name, file, known, nearest: both.length > 1 ? undefined : near, both: both.length > 1 ? both : [] };
  return finding("avro-column", atKey(...path), args);
}

/** The logical type that would make a number what is declared. */
function logicalFor({ kind }: DataType, found: DataType | undefined): string | undefined {
  return found === undefined ? undefined : LOGICAL[`${found.kind} ${kind}`];
}

const LOGICAL: Readonly<Record<string, string>> = {
  "bigint timestamp": "timestamp-millis",
  "bigint timestamp_ntz": "local-timestamp-millis",
  "int date": "date",
};

/** What a field is read as, or why it is read as nothing. */
function foundOf({ type }: AvroField): { readonly found: string } | { readonly why: string } {
  const found = readAs(type);
  if (found !== undefined) return { found: printDataType(found) };
  return { why: type.shape.kind === "unfit" ? type.shape.why : "it holds what no column can" };
}
