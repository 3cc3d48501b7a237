/** Put in by build.mjs from package.json: the lean entry reads no other file. */
declare const MLSPEC_VERSION: string | undefined;

/** Version of the command. */
export const version: string = typeof MLSPEC_VERSION === "string" ? MLSPEC_VERSION : "0.0.0";
