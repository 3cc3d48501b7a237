/** Analysis → IR: total, defaults filled, stable order. */
import type { Ir, Program } from "../ir.js";
import { known, node, table, type LowerInput } from "./context.js";
import { lowerDatasets } from "./dataset.js";
import { lowerPlans, lowerStores } from "./feature.js";
import { layoutOf } from "./layout.js";
import { lowerModels } from "./model.js";
import { lowerPrincipals } from "./principal.js";
import { lowerPrograms } from "./program.js";
import { lowerImages, lowerMetrics, lowerServices } from "./serving.js";
import { lowerSecrets, maskingKey } from "./secret.js";
import { lowerTasks } from "./tasks.js";

export type { LowerInput } from "./context.js";

function environmentOf({ spec, environment: name }: LowerInput["analysis"]): Ir["environment"] {
  const { runtime, cloud } = known(spec.environments, name);
  return { name, runtime, ...(cloud === undefined ? {} : { cloud: { provider: cloud.provider, region: cloud.region } }) };
}

export function lower(input: LowerInput): Ir {
  const { analysis } = input;
  const { spec } = analysis;
  const layout = layoutOf(spec);
  const key = maskingKey(spec);
  const own = lowerPrograms(input);
  const { tasks, awaits } = lowerTasks(input, own);
  const programs: readonly Program[] = [...own, ...awaits];
  const services = lowerServices(input);
  const data = {
    storage: { path: spec.storage.path, format: spec.storage.format, root: layout.root, marks: layout.marks },
    datasets: table(lowerDatasets(input, layout)),
    models: table(lowerModels(input, layout)),
    programs: table(programs),
    images: table(lowerImages(input, programs, services)),
    services: table(services),
    stores: table(lowerStores(input, layout)),
  };
  return {
    project: {
      name: spec.project,
      ...(spec.description === undefined ? {} : { description: spec.description }),
      ...(spec.owner === undefined ? {} : { owner: spec.owner }),
    },
    environment: environmentOf(analysis),
    entities: table(Object.values(analysis.entities).map(({ id, name, key }) => ({ ...node(input, name, id), key }))),
    schedules: table(Object.values(analysis.schedules)),
    featurePlans: table(lowerPlans(input)),
    tasks: table(tasks),
    metrics: table(lowerMetrics(services)),
    secrets: table(lowerSecrets(input)),
    ...(key === undefined ? {} : { masking: { key } }),
    principals: table(lowerPrincipals(data)),
    code: input.code,
    ...data,
  };
}
