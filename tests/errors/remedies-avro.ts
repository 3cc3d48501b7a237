/** Of topics whose messages are Avro. */
import type { Edited } from "./remedies.js";

const edit = (of: string, ...edits: readonly (readonly [string, string])[]): Edited => ({ case: of, edits: { "mlspec.yaml": edits } });

const ORDER_SCHEMA = `{
  "type": "record",
  "name": "Order",
  "fields": [
    { "name": "orderId", "type": "string" },
    { "name": "customer_id", "type": "string" },
    { "name": "amount", "type": "double" },
    { "name": "ordered_at", "type": { "type": "long", "logicalType": "timestamp-millis" } }
  ]
}
`;

export const avroRemedies: Readonly<Record<string, Edited>> = {
  "avro-schema": {
    case: "several",
    edits: {
      "schemas/orders.avsc": [
        ['"type": "text" }', '"type": "string" }'],
        [/ {4}\{ "name": "part_of"[^\n]*\n/, ""],
        ['"on-hold"] } }', '"on_hold"] } },\n    { "name": "customer_id", "type": "string" },\n    { "name": "amount", "type": { "type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2 } },\n    { "name": "ordered_at", "type": { "type": "long", "logicalType": "timestamp-millis" } }'],
      ],
    },
  },
  "avro-schema-needed": {
    case: "no_schema",
    edits: {
      "mlspec.yaml": [["format: avro", "format: avro\n      schema: schemas/orders.avsc"]],
      "schemas/orders.avsc": [["", ORDER_SCHEMA]],
    },
  },
  "avro-idle": edit("json", ["format: json", "format: avro"]),
  "avro-column": edit("case", ["key: order_id", "key: orderId"], ["{ order_id: string!", "{ orderId: string!"], [" note: string,", ""]),
  "avro-type": {
    case: "millis",
    edits: {
      "mlspec.yaml": [["decimal(10,2)", "decimal(12,2)"]],
      "schemas/orders.avsc": [
        ['["string", "long"]', '"string"'],
        ['{ "type": "long" }', '{ "type": "long", "logicalType": "timestamp-millis" }'],
      ],
    },
  },
  "avro-null": edit("required", ['"decimal(12,2)!"', '"decimal(12,2)"']),
};
