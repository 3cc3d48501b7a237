import { expect, it } from "vitest";
import { examine, type Tool } from "../src/commands/doctor.js";

const answers =
  (table: Readonly<Record<string, { readonly status: number | null; readonly text: string }>>): Tool =>
  (command, args) =>
    table[`${command} ${args[0] ?? ""}`] ?? { status: null, text: "" };
const find = (what: string, ...input: Parameters<typeof examine>): ReturnType<typeof examine>[number] | undefined =>
  examine(...input).find((each) => each.what === what);

it("says which command brings a missing Python", () => {
  expect(find("Python", answers({}), "20.20.2", undefined)).toMatchObject({
    ok: false,
    fix: expect.stringContaining("apt-get install python3") as string,
  });
});

it("refuses a Node below the floor", () => {
  expect(find("Node", answers({}), "20.18.1", undefined)?.ok).toBe(false);
  expect(find("Node", answers({}), "20.19.0", undefined)?.ok).toBe(true);
});

it("names the line of the ignore file that hides the output", () => {
  const hidden = answers({ "git check-ignore": { status: 0, text: ".gitignore:3:generated/\tgenerated/local/spark/sources.py" } });
  expect(find("generated/", hidden, "20.20.2", "/p")).toMatchObject({ ok: false, said: "git ignores it (.gitignore:3:generated/)" });
  expect(find("generated/", answers({ "git check-ignore": { status: 1, text: "" } }), "20.20.2", "/p")?.ok).toBe(true);
});
