/** The schema of clicks, where they come in Avro. */
const CLICKS = JSON.stringify({
  type: "record",
  name: "Click",
  fields: [
    { name: "click_id", type: "string" },
    { name: "customer_id", type: ["null", "string"] },
    { name: "kind", type: { type: "enum", name: "Kind", symbols: ["web", "app"] } },
    { name: "clicked_at", type: { type: "long", logicalType: "timestamp-millis" } },
  ],
});

/** Files of the project beside those of its definitions. */
export const files = { "schemas/clicks.avsc": CLICKS, "requirements.txt": "lightgbm\n" };
