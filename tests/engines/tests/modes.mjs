// What a stream keeps current, computed in both modes: faults that only one of them can see.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { same } from "../lib/example.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** Faults in emitted programs that no run, or no stream, takes part in: by mode, a change of one text in a template. */
const PROGRAM_FAULTS = [
  ["stream", "a step forgets what a tile held", "tile_stream.py", "PARTIALS[kind].combine(old, new).cast(kept_as)", "new.cast(kept_as)"],
  ["stream", "copies of earlier steps count again", "tile_stream.py", '"left_semi")', '"left_semi").limit(0)'],
  [
    "batch",
    "young events are left out",
    "windows.py",
    "value = PARTIALS[kind].combine(F.col(tiles).cast(summed), value)",
    "value = F.col(tiles)",
  ],
];

/** Groups that a stream keeps current are computed by runs and step by step, and each is seen to be wrong by itself. */
export async function modesAreTold(example, { check, watching, failing }) {
  const { project, mlspec } = example;
  cpSync(join(here, "streamed"), project, { recursive: true });
  const { status, stdout, stderr } = mlspec(["test", "--format", "json"]);
  check("what streams keep is computed in both modes", status === 0, `${stderr}${stdout}`);
  const modes =
    status === 0 ? JSON.parse(stdout).tests.map(({ name, expected }) => `${name} ${expected.map(({ mode = "-" }) => mode)}`) : [];
  check("unless a test says otherwise", same(modes.sort(), ["by_runs -", "in_place batch,stream", "step_by_step batch,stream,batch,stream"]), modes.join("; ")); // prettier-ignore
  const times = status === 0 ? JSON.parse(stdout).tests.map(({ name, seconds }) => `${name} ${seconds} s`) : [];
  console.error(`     ${times.join(", ")}`);
  const originals = Object.fromEntries(
    ["tile_stream.py", "windows.py"].map((file) => {
      mlspec(["eject", `spark/${file}`]);
      return [file, readFileSync(join(project, "templates", "spark", file), "utf8")];
    }),
  );
  const plant = ([, name, file, from, to]) => {
    const changed = originals[file].replace(from, to);
    check(`the fault can be planted: ${name}`, changed !== originals[file]);
    for (const [each, text] of Object.entries(originals))
      writeFileSync(join(project, "templates", "spark", each), each === file ? changed : text);
  };
  plant(PROGRAM_FAULTS[0]);
  const watch = watching(example, ["step_by_step"]);
  for (const [i, fault] of PROGRAM_FAULTS.entries()) {
    const [mode, name] = fault;
    const said = await watch.after(() => (i === 0 ? undefined : plant(fault)));
    const told = [...new Set([...said.matchAll(/^ +\w+ \((\w+)\): \d+ of/gm)].map(([, each]) => each))];
    check(`${name}: seen in mode ${mode} alone`, same(failing(said), ["step_by_step"]) && same(told, [mode]), said);
  }
  watch.child.kill("SIGINT");
  await watch.ended;
}
