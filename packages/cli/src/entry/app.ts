/** The whole command: loaded when there is something to do. */
import { main } from "../main.js";

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
