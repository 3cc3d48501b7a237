import {
  defineEmitter,
  type AirflowTargetSpec,
  type ArtifactId,
  type EmitContext,
  type EmittedFile,
  type Ir,
  type Schedule,
} from "@mlspec/compiler";
import { printer } from "../text/print.js";
import { dagId, dagView, tasksOf } from "./view.js";

/** One DAG file for each schedule. Every file works on Airflow 2.11 and 3. */
export const airflow = defineEmitter<AirflowTargetSpec>({
  name: "airflow",
  needs: ["program", "image", "namespace", "service-account"],
  provide: (ir) =>
    Object.fromEntries(
      schedulesOf(ir).map((schedule): [ArtifactId, { kind: "file"; path: string }] => [
        `schedule:${schedule.id}`,
        { kind: "file", path: `airflow/${fileOf(ir, schedule)}` },
      ]),
    ),
  emit: (context) => ({ files: schedulesOf(context.ir).map((schedule) => dagFile(context, schedule)) }),
});

function dagFile(context: EmitContext<AirflowTargetSpec>, schedule: Schedule): EmittedFile {
  const path = fileOf(context.ir, schedule);
  const definitions = tasksOf(context.ir, schedule).map(({ definition }) => definition);
  return {
    path,
    text: printer(context).template("airflow/dag.py", dagView(context, schedule, path)),
    from: [...new Set(["project", ...definitions])].sort(),
  };
}

function schedulesOf(ir: Ir): readonly Schedule[] {
  return Object.values(ir.schedules).filter((schedule) => tasksOf(ir, schedule).length > 0);
}

function fileOf(ir: Ir, schedule: Schedule): string {
  return `${dagId(ir, schedule)}.py`;
}
