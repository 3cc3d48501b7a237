/** Topics, and the histories that are kept of them. */
import { triggerOf } from "../4-analyze/delay.js";
import type { MessageSchema } from "../avro/schema.js";
import type { AtomicKind, Field } from "../data-type.js";
import type { TopicInput } from "../ir.js";
import { parseKafkaServers, secretName } from "../shorthand/index.js";
import type { KafkaSpec } from "../spec.js";
import type { Layout } from "./layout.js";

const MAX_OFFSETS = 500_000;

const column = (name: string, kind: AtomicKind, nullable = false): Field => ({ name, type: { kind }, nullable });

export const HISTORY_COLUMNS: readonly Field[] = [
  column("partition", "int"),
  column("offset", "bigint"),
  column("ingested_at", "timestamp"),
  column("timestamp_type", "int"),
  column("key", "binary", true),
  column("value", "binary", true),
  column("date", "date"),
];

/** `schema` is that of messages in Avro. */
export function topicInput(layout: Layout, source: string, spec: KafkaSpec, schema: MessageSchema | undefined): TopicInput {
  const brokers = parseKafkaServers(spec.bootstrap_servers);
  if (!brokers.ok) throw new Error("analysis vouches for the addresses of brokers");
  const { sasl, tls } = spec;
  return {
    kind: "kafka",
    servers: spec.bootstrap_servers,
    brokers: brokers.value,
    topic: spec.topic,
    format: spec.format,
    ...(schema === undefined ? {} : { schema: { file: `schemas/${source}.avsc`, schema } }),
    history: `history.${source}`,
    checkpoint: spec.checkpoint ?? `${layout.path("history", source)}/_checkpoint`,
    trigger: triggerOf(spec),
    maxOffsets: spec.max_offsets_per_trigger ?? MAX_OFFSETS,
    ...(sasl === undefined
      ? {}
      : {
          sasl: {
            mechanism: sasl.mechanism.toUpperCase().replaceAll("_", "-"),
            user: secret(sasl.user),
            password: secret(sasl.password),
          },
        }),
    ...(tls === undefined
      ? {}
      : {
          tls: {
            ...(tls.ca === undefined ? {} : { ca: secret(tls.ca) }),
            ...(tls.client === undefined ? {} : { client: { certificate: secret(tls.client.certificate), key: secret(tls.client.key) } }),
          },
        }),
  };
}

function secret(text: string): string {
  const name = secretName(text);
  if (name === undefined) throw new Error("validation vouches for secrets");
  return `secrets.${name}`;
}
