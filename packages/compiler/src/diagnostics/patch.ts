import { didYouMean, error, listOf, quote, warning, type DiagnosticTable } from "./define.js";

export interface Nothing {
  readonly target: string;
  readonly selector: "file" | "kind" | "name";
  readonly wanted: string;
  readonly known: readonly string[];
  readonly nearest: string | undefined;
  /** It is a file of text. */
  readonly text: boolean;
}

export const patchDiagnostics = {
  "patch-anything": error(
    (p: { target: string }) =>
      `This patch does not say what of ${quote(p.target)} it changes. Write ${quote("kind")} and ${quote("name")}, or ${quote("file")}.`,
    {
      what: "A patch has neither `kind`, `name` nor `file`.",
      why: "It would change every object that the target writes.",
      fix: "Say which objects are meant: `kind: Deployment` with `name: fraud-api`, `kind` alone for all of a kind, or `file: docker-bake.json` for data without kinds.",
    },
  ),
  "patch-nothing": error(
    (p: Nothing) =>
      p.text
        ? `${quote(p.wanted)} is text, such as code, and patches change data: YAML and JSON. What it is printed by can be replaced: ${quote("templates")}.`
        : `${quote(p.target)} writes nothing whose ${p.selector} is ${quote(p.wanted)}.${didYouMean(p.nearest)}${p.nearest === undefined ? ` ${known(p)}` : ""}`,
    {
      what: "A patch chooses objects by a kind, name or file that the target does not write.",
      why: "The patch would have no effect, and nobody would notice: what it was for is not there.",
      fix: "Correct the word. `mlspec compile` shows in `generated/` what is written; names of objects are as they stand there (`fraud-api`, not `fraud_api`). Where an object is in one environment only, put the patch into that environment's `overrides`.",
    },
  ),
  "patch-failed": error((p: { target: string; reason: string }) => `This patch of ${quote(p.target)} cannot be applied: ${p.reason}.`, {
    what: "A step of a JSON Patch names a place that the object does not have, tests for a value that is another, or lacks a part.",
    why: "A patch that is applied by half is not what anyone asked for. Nothing was written.",
    fix: "Compare the pointer with the emitted file: keys are separated by `/`, entries of lists are counted from 0, `-` is the place behind the last one, and `/` within a key is written `~1`.",
  }),
  "patch-invalid": error(
    (p: { target: string; object: string; reason: string }) =>
      `After this patch ${quote(p.object)} is not what ${quote(p.target)} can take: ${p.reason}.`,
    {
      what: "A patched object lacks something that its tool needs, has a value of the wrong kind, or goes by another name.",
      why: "The tool would refuse it when it is deployed, or something else of the output would not find it.",
      fix: "Correct the patch. A merge patch replaces whole lists: to change one container, use `json_patch` with a path such as `/spec/template/spec/containers/0/imagePullPolicy`.",
    },
  ),
  "patch-no-effect": warning(
    (p: { target: string; objects: readonly string[] }) =>
      `This patch of ${quote(p.target)} changes nothing: ${listOf(p.objects, "and")} ${p.objects.length === 1 ? "is" : "are"} so already. Remove it.`,
    {
      what: "What a patch sets is so without it.",
      why: "It says nothing, and hides that the output would follow the specification by itself.",
      fix: "Remove the patch.",
    },
  ),
} satisfies DiagnosticTable;

function known({ known: names, selector }: Nothing): string {
  return names.length === 0 ? `No object there has a ${selector}.` : `There ${names.length === 1 ? "is" : "are"} ${listOf(names, "and")}.`;
}
