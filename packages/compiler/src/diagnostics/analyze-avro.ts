import { didYouMean, error, listOf, quote, warning, type DiagnosticTable } from "./define.js";

/** What is said of topics whose messages are Avro. */
export const avroDiagnostics = {
  "avro-schema": error((p: { file: string; message: string }) => `${quote(p.file)} is no schema of Avro for a message: ${p.message}.`, {
    what: "The file that `schema` of a topic names is not JSON, or is no schema of Avro, or one of something else than a record.",
    why: "Without it, messages in Avro are bytes. Whether it has what `columns` say is known before anything runs, and so is whether Spark can read by it.",
    fix: "Put the schema of one message there, a record, as the producers have it (`.avsc`). A record that holds itself is nothing that Spark reads: take that field apart elsewhere.",
  }),
  "avro-schema-needed": error(
    (p: { source: string }) =>
      `${quote(p.source)} reads messages in Avro, and does not say of which schema. Add ${quote("schema")}, a file of the project such as ${quote(`schema: schemas/${p.source}.avsc`)}.`,
    {
      what: "A topic has `format: avro` or `avro_confluent`, and no `schema`.",
      why: "Messages in Avro say nothing of themselves: only a schema says what their bytes are.",
      fix: "Add `schema` with the path of the `.avsc` file that producers write by, below the project folder.",
    },
  ),
  "avro-idle": error(
    (p: { source: string; format: string }) =>
      `A schema says what messages in Avro are, and those of ${quote(p.source)} are ${p.format.toUpperCase()}. Write ${quote("format: avro")} (or ${quote("avro_confluent")}), or take ${quote("schema")} out.`,
    {
      what: "A topic has `schema`, and its `format` is not Avro.",
      why: "In JSON and CSV a message says itself what it holds, and nothing would read the schema.",
      fix: "Correct `format`, or take `schema` out.",
    },
  ),
  "avro-column": error(
    (p: { name: string; file: string; known: readonly string[]; nearest?: string | undefined; both: readonly string[] }) =>
      p.both.length > 0
        ? `${quote(p.file)} has ${listOf(p.both, "and")}, and Spark does not tell upper from lower case: neither can be read.`
        : `${quote(p.file)} has no field ${quote(p.name)}.${p.nearest === undefined ? (p.known.length > 0 && p.known.length <= 12 ? ` It has ${listOf(p.known, "and")}.` : "") : didYouMean(p.nearest)}`,
    {
      what: "A source of messages in Avro declares a column that their schema does not have. Names are compared with upper and lower case.",
      why: "No message could ever have a value for it.",
      fix: "Call the column as the field is called, or take it out; a transform can give it another name. If producers have a newer schema, put that into the file.",
    },
  ),
  "avro-type": error(
    (p: {
      name: string;
      declared: string;
      file: string;
      found?: string | undefined;
      why?: string | undefined;
      logical?: string | undefined;
    }) =>
      p.found === undefined
        ? `${quote(p.name)} cannot be read from ${quote(p.file)}: ${p.why ?? "it has no type"}. Leave it out of \`columns\`.`
        : `${quote(p.name)} is declared ${p.declared}, and by ${quote(p.file)} it is ${p.found}. ${
            p.logical === undefined
              ? `Declare ${quote(p.found)}, and convert it in a transform.`
              : `If its numbers are that, say so there: ${quote(`"logicalType": "${p.logical}"`)}. Else declare ${quote(p.found)}.`
          }`,
    {
      what: "A column of a source of messages in Avro has a type that does not hold each value that the schema allows for it.",
      why: "Spark reads a type of Avro as one type of its own: a `long` as `bigint`, and as `timestamp` where its `logicalType` is `timestamp-millis` or `timestamp-micros`. Wider types fit as well: `bigint` for an `int`, `double` for a `float`, a decimal with more digits. A union of several types has none.",
      fix: "Declare what the schema gives, and convert it in a transform: `timestamp_millis(created_at)`. Where numbers are times and the schema does not say so, add the `logicalType` in the file: it changes nothing in the bytes.",
    },
  ),
  "avro-null": warning(
    (p: { name: string; file: string }) =>
      `${quote(p.name)} is declared NOT NULL (\`!\`), and by ${quote(p.file)} it may be null: such messages would be malformed. Declare it without \`!\`, unless they are wrong.`,
    {
      what: "A column is declared with `!`, and the schema of its messages allows null for it.",
      why: "A message without the value is of its schema, and yet goes to quarantine as malformed.",
      fix: "Declare the column without `!`, and handle NULL where it is read. Or take null out of the schema, where producers never write it. Where such messages are to be quarantined, all is as it should be.",
    },
  ),
} satisfies DiagnosticTable;
