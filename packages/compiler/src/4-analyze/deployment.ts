import type { DeploymentSpec } from "../spec.js";
import type { DatasetFacts, DeploymentFacts, Finding, GroupFacts, ModelFacts } from "./analysis.js";
import { typedColumns } from "./dataset.js";
import { atKey, atValue, finding, type Found } from "./finding.js";
import { datasetTime } from "./group.js";
import { missingColumns } from "./model.js";

export interface DeploymentInputs {
  readonly name: string;
  readonly spec: DeploymentSpec;
  readonly schedule: string;
  readonly model?: ModelFacts;
  readonly rows?: DatasetFacts;
  readonly groups: ReadonlyMap<string, GroupFacts>;
}

export function analyzeDeployment({ name, spec, schedule, model, rows, groups }: DeploymentInputs): Found<DeploymentFacts> {
  const path = ["deployments", name];
  const { serve } = spec;
  const findings: Finding[] = (serve === "batch" ? (["scale"] as const) : (["rows", "schedule"] as const)).flatMap((key) =>
    spec[key] === undefined ? [] : [finding("deployment-key", atKey(...path, key), { key, serve, has: true })],
  );
  if (serve === "batch" && spec.rows === undefined)
    findings.push(finding("deployment-key", atKey(...path), { key: "rows", serve, has: false }));
  if (spec.scale !== undefined && spec.scale.min > spec.scale.max)
    findings.push(finding("scale-bounds", atValue([...path, "scale", "min"]), { min: spec.scale.min, max: spec.scale.max }));
  const needed = (model?.plans ?? []).flatMap((plan) => groups.get(plan) ?? []);
  if (serve === "online") {
    for (const group of needed)
      if (group.kind !== "request" && !group.online)
        findings.push(finding("not-online", atValue([...path, "model"]), { group: group.name, deployment: name }));
  } else if (rows !== undefined) {
    const at = [...path, "rows"];
    const time = datasetTime(rows, name, at, findings);
    const wanted = (model?.request ?? []).map((field) => field.name);
    if (time !== undefined) findings.push(...missingColumns(wanted, { columns: typedColumns(rows), where: rows.name, path: at }));
  }
  return {
    facts: {
      id: `deployments.${name}`,
      name,
      model: spec.model,
      serve,
      ...(serve === "batch" && rows !== undefined ? { rows: rows.id } : {}),
      ...(serve === "batch" ? { schedule } : {}),
    },
    findings,
  };
}
