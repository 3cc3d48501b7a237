/** The policies in code that the project of all keys names. */
import type { Policy } from "@mlspec/compiler";

/** Definitions of a name that is banned. */
const banning = (always: readonly string[]): Policy => ({
  check: ({ definitions }, options) =>
    definitions
      .filter(({ name }) => [...always, options["banned"]].includes(name))
      .map(({ id, name }) => ({ at: id, message: `The name ${name} is banned.` })),
});

export const policies: Readonly<Record<string, Policy>> = {
  "./policies/loose.mjs": banning([]),
  "./policies/strict.mjs": banning(["profile"]),
};
