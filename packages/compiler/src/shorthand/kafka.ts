import { mistake, ok, type Parsed } from "./result.js";

interface Broker {
  readonly host: string;
  readonly port: number;
}

const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])$/;
const EXAMPLE = "`b-1.acme.example:9092,b-2.acme.example:9092`";

/** Brokers, with commas between them. */
export function parseKafkaServers(text: string): Parsed<readonly Broker[]> {
  const brokers: Broker[] = [];
  let start = 0;
  for (const server of text.split(",")) {
    const [, host = "", port = ""] = /^(.*):(\d{1,5})$/.exec(server) ?? [];
    if (server.includes("://")) return mistake(start, server.length, `brokers are named without a scheme, like ${EXAMPLE}`);
    if (/\s/.test(server)) return mistake(start, server.length, `between brokers stands \`,\` and no space: ${EXAMPLE}`);
    if (!HOST.test(host))
      return mistake(start, server.length, `each broker is a host, \`:\` and a port, with \`,\` between them: ${EXAMPLE}`);
    if (Number(port) < 1 || Number(port) > 65_535) return mistake(start, server.length, "a port is a number from 1 to 65535");
    brokers.push({ host: host.replace(/^\[|\]$/g, ""), port: Number(port) });
    start += server.length + 1;
  }
  return ok(brokers);
}

/** A name as brokers allow it. */
export function parseKafkaTopic(text: string): Parsed<string> {
  if (!/^[A-Za-z0-9._-]{1,249}$/.test(text) || /^\.{1,2}$/.test(text))
    return mistake(0, text.length, "a topic is named in letters, digits, `.`, `_` and `-`, at most 249 of them");
  return ok(text);
}
