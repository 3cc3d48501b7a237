/** Where sources are: environments differ in that, and nothing else that is known of sources depends on it. So what is found out in one environment holds in all. */
import { changedDefinitions, eachMade } from "../changed.js";
import { alike, type Memo } from "../memo.js";
import type { KafkaSpec, ProjectSpec, SourceSpec } from "../spec.js";

type Sources = ProjectSpec["sources"];

/** The same project, whose sources say of what kind they are in place of where. */
export function withoutConnections(spec: ProjectSpec, environment: string, memo: Memo): ProjectSpec {
  const { sources } = spec;
  if (sources === undefined) return spec;
  const told = memo.keep("told sources", [sources, environment], () => {
    const made = eachMade(sources, {
      step: `told sources of ${environment}`,
      memo,
      make: (name, source) => memo.carry(`told source ${name}`, (before: SourceSpec | undefined) => alike(before, toldSource(source))),
    });
    return memo.carry("told sources", (before: Sources) => (before !== undefined && changedDefinitions(made, before)?.length === 0 ? before : made)); // prettier-ignore
  });
  return { ...spec, sources: told };
}

/** What messages are is the same wherever they are. */
function messagesOf({ format, schema }: KafkaSpec): Pick<KafkaSpec, "format" | "schema"> {
  return { format, ...(schema !== undefined && { schema }) };
}

function toldSource({ files, table, jdbc, kafka, ...source }: SourceSpec): SourceSpec {
  return {
    ...source,
    ...(files === undefined ? {} : { files: { path: "", format: files.format } }),
    ...(table === undefined ? {} : { table: { path: "", format: table.format } }),
    ...(jdbc === undefined ? {} : { jdbc: { url: "", table: "", user: "", password: "" } }),
    ...(kafka === undefined ? {} : { kafka: { bootstrap_servers: "", topic: "", ...messagesOf(kafka) } }),
  };
}
