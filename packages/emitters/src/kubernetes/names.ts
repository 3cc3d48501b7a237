import type { Image, Ir, Schedule } from "@mlspec/compiler";

/** The user that images run as; the Dockerfiles say the same. */
export const USER = 10001;

/** Names of Kubernetes have no underscore. */
export function kebab(name: string): string {
  return name.replaceAll("_", "-").replaceAll(".", "-");
}

export function accountName(ir: Ir, principal: string): string {
  return `${kebab(ir.project.name)}-${kebab(ir.principals[principal]?.name ?? principal)}`;
}

/** The recommended labels of everything that belongs to the project. */
export function projectLabels(ir: Ir): Readonly<Record<string, string>> {
  return { "app.kubernetes.io/part-of": kebab(ir.project.name), "app.kubernetes.io/managed-by": "mlspec" };
}

/** What selects the pods of a service. */
export function selectorOf(name: string): { readonly [label: string]: string } {
  return { "app.kubernetes.io/name": kebab(name), "app.kubernetes.io/component": "serving" };
}

/** What selects the pod of a stream. */
export function streamSelector(stream: string): { readonly [label: string]: string } {
  return { "app.kubernetes.io/name": stream, "app.kubernetes.io/component": "stream" };
}

/** Batch pods, whether Airflow or a CronJob starts them. */
export function batchSelector(ir: Ir): { readonly [label: string]: string } {
  return { "app.kubernetes.io/part-of": kebab(ir.project.name), "app.kubernetes.io/component": "batch" };
}

export function imageOf(ir: Ir, program: string): Image {
  const image = Object.values(ir.images).find(({ programs }) => programs.includes(program));
  if (image === undefined) throw new Error(`${program} is in no image`);
  return image;
}

/** Kubernetes adds eleven characters to the name of a CronJob, and a pod's label holds 63. */
export function cronJobName(schedule: Schedule): string {
  return kebab(schedule.id).slice(0, 52).replace(/-+$/, "");
}
