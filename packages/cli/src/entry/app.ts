/** The whole command: loaded when there is something to do. */
import { lendSha256 } from "@mlspec/compiler";
import { nativeSha256 } from "../host.js";
import { main } from "../main.js";

lendSha256(nativeSha256);

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
