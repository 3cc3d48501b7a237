/** Who reads and writes what. */
import type { Dataset, Endpoint, Image, Ir, Principal, Program, TopicInput } from "../ir.js";
import { known } from "./context.js";

type Tables = Pick<Ir, "datasets" | "models" | "stores" | "programs" | "services" | "images" | "storage">;

interface Access {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** One principal for each image: what runs in it shares an identity. A service has its own image, so its own identity. */
export function lowerPrincipals(tables: Tables): readonly Principal[] {
  return Object.values(tables.images).map((image) => {
    const access = image.programs.map((id) => accessOf(tables, known(tables.programs, id)));
    return {
      id: image.id,
      name: principalName(image),
      programs: image.programs,
      reads: sorted(access.flatMap(({ reads }) => reads)),
      writes: sorted(access.flatMap(({ writes }) => writes)),
      connects: connections(tables, image),
    };
  });
}

function principalName(image: Image): string {
  return image.id.replace(/^serving\./, "");
}

function sorted(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)].sort();
}

function accessOf(tables: Tables, program: Program): Access {
  const path = (id: string): readonly string[] => storedAt(known(tables.datasets, id));
  const base: Access = { reads: program.reads.flatMap(path), writes: program.writes.flatMap(path) };
  const { marks } = tables.storage;
  switch (program.kind) {
    case "history":
      return {
        reads: [...base.writes, ...checkpointOf(tables, program.source), marks],
        writes: [...base.writes, ...checkpointOf(tables, program.source), marks],
      };
    case "ready":
      return { reads: [...base.reads, ...inputOf(tables, program.source), ...marksOf(tables, program.source)], writes: [] };
    case "await":
      return { reads: [marks], writes: [] };
    case "ingest": {
      const source = known(tables.datasets, program.source);
      const verdicts = source.kind === "source" ? [source.verdictsPath] : [];
      // A merge reads what it changes.
      return {
        reads: [...base.reads, ...base.writes, ...inputOf(tables, program.source), ...verdicts, marks],
        writes: [...base.writes, ...verdicts, marks],
      };
    }
    case "transform":
    case "features":
    case "values":
    case "training_set":
    case "scoring_set":
      return { reads: [...base.reads, ...base.writes, marks], writes: [...base.writes, marks] };
    case "materialise":
      return { reads: [...base.reads, marks], writes: [...base.writes, ...fileOf(tables, program.store)] };
    case "tiles": {
      const kept = [program.state, ...fileOf(tables, program.store)];
      return { reads: [...base.reads, ...kept, marks], writes: [...base.writes, ...kept] };
    }
    case "train":
    case "gate": {
      const registry = known(tables.models, program.model).registryPath;
      return { reads: [...base.reads, registry], writes: [...base.writes, registry] };
    }
    case "score":
      return { reads: [...base.reads, known(tables.models, program.model).registryPath], writes: base.writes };
    case "serve": {
      const stores = known(tables.services, program.service).stores.flatMap((id) => fileOf(tables, id));
      return { reads: [known(tables.models, program.model).registryPath, ...stores], writes: [] };
    }
    default:
      return program satisfies never;
  }
}

function storedAt(dataset: Dataset): readonly string[] {
  return dataset.path === undefined ? [] : [dataset.path];
}

function fileOf(tables: Tables, store: string): readonly string[] {
  const { place, path } = known(tables.stores, store);
  return place.kind === "sqlite" ? [path] : [];
}

function inputOf(tables: Tables, source: string): readonly string[] {
  const dataset = known(tables.datasets, source);
  return dataset.kind === "source" && "path" in dataset.input ? [dataset.input.path] : [];
}

function topicOf(tables: Tables, source: string): TopicInput | undefined {
  const dataset = known(tables.datasets, source);
  return dataset.kind === "source" && dataset.input.kind === "kafka" ? dataset.input : undefined;
}

function checkpointOf(tables: Tables, source: string): readonly string[] {
  const topic = topicOf(tables, source);
  return topic === undefined ? [] : [topic.checkpoint];
}

/** How far a topic has been read says a mark. */
function marksOf(tables: Tables, source: string): readonly string[] {
  return topicOf(tables, source) === undefined ? [] : [tables.storage.marks];
}

/** Databases that programs of an image read, and servers of stores that they fill or read, each once. */
function connections(tables: Tables, image: Image): readonly Endpoint[] {
  const found = image.programs.flatMap((id): readonly Endpoint[] => {
    const program = known(tables.programs, id);
    if (program.kind === "materialise" || program.kind === "tiles") return serverOf(tables, program.store);
    if (program.kind === "serve") return known(tables.services, program.service).stores.flatMap((store) => serverOf(tables, store));
    if (program.kind === "history") return topicOf(tables, program.source)?.brokers ?? [];
    if (program.kind !== "ready" && program.kind !== "ingest") return [];
    const source = known(tables.datasets, program.source);
    return source.kind === "source" && source.input.kind === "jdbc" ? [{ host: source.input.host, port: source.input.port }] : [];
  });
  const unique = new Map(found.map((endpoint) => [`${endpoint.host}:${endpoint.port}`, endpoint]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, endpoint]) => endpoint);
}

function serverOf(tables: Tables, store: string): readonly Endpoint[] {
  const { place } = known(tables.stores, store);
  return place.kind !== "sqlite" ? [{ host: place.host, port: place.port }] : [];
}
