/** Where things are stored: `<storage.path>/<project>/<section>/<name>`. The only place that knows. */
import type { ProjectSpec } from "../spec.js";

export type Section =
  | "history"
  | "sources"
  | "verdicts"
  | "transforms"
  | "features"
  | "tiles"
  | "values"
  | "training"
  | "models"
  | "online"
  | "scoring"
  | "predictions";

export interface Layout {
  readonly root: string;
  readonly marks: string;
  path(section: Section, name: string): string;
  /** Path of a stored dataset by its id, e.g. `sources.transactions`. */
  dataset(id: string): string;
}

export function layoutOf({ project, storage }: Pick<ProjectSpec, "project" | "storage">): Layout {
  const root = `${storage.path.replace(/\/+$/, "")}/${project}`;
  return {
    root,
    marks: `${root}/marks`,
    path: (section, name) => `${root}/${section}/${name}`,
    dataset: (id) => `${root}/${id.replace(".", "/")}`,
  };
}
