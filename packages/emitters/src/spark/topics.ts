/** What streams read, and the histories that they keep, for `sources.py`. */
import type { AvroInput, Ir, TopicInput } from "@mlspec/compiler";
import { topicsOf } from "../places.js";
import { call, literal, type Py } from "../text/python.js";
import { imported, present, timedelta } from "./code.js";

/** The names that topics are written with. */
export function topicImports(ir: Ir): Py {
  const topics = topicsOf(ir).map(([, topic]) => topic);
  return imported([
    "Topic",
    ...(topics.some(({ sasl }) => sasl !== undefined) ? ["Login"] : []),
    ...(topics.some(({ tls }) => tls !== undefined) ? ["Tls"] : []),
  ]);
}

function avroValue({ file }: AvroInput, format: TopicInput["format"]): Py {
  return call("Avro", [literal(file)], present({ framing: format === "avro" ? undefined : literal("confluent") }));
}

export function topicValue(ir: Ir, source: string, topic: TopicInput): Py {
  const { sasl, tls } = topic;
  const secret = (id: string | undefined): Py | undefined =>
    id === undefined ? undefined : call("Secret", [literal(ir.secrets[id]?.variable ?? "")]);
  const login =
    sasl && call("Login", [], present({ mechanism: literal(sasl.mechanism), user: secret(sasl.user), password: secret(sasl.password) }));
  const trust =
    tls && call("Tls", [], present({ ca: secret(tls.ca), certificate: secret(tls.client?.certificate), key: secret(tls.client?.key) }));
  return call(
    "Topic",
    [],
    present({
      source: literal(source),
      servers: literal(topic.servers),
      topic: literal(topic.topic),
      message_format: topic.schema === undefined ? literal(topic.format) : avroValue(topic.schema, topic.format),
      history: literal(ir.datasets[topic.history]?.path ?? ""),
      checkpoint: literal(topic.checkpoint),
      trigger: timedelta(topic.trigger),
      max_offsets: literal(topic.maxOffsets),
      login,
      tls: trust,
    }),
  );
}
