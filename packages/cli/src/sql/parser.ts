import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createSqlParser, type SqlParser } from "@mlspec/compiler";
import "./webassembly.js";
import { instantiate } from "./instance.js";

/** The SQL parser of this host. Its WebAssembly is read and compiled when the first SQL is met. */
export function openSqlParser(read: () => Uint8Array<ArrayBuffer>): SqlParser {
  let module: WebAssembly.Module | undefined;
  return createSqlParser(() => instantiate((module ??= new WebAssembly.Module(read()))));
}

/** Reads the WebAssembly of the installed package; `resolve` is `require.resolve` of whoever depends on it. */
export function readSqlWasm(resolve: (id: string) => string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(dirname(resolve("@guanmingchiu/sqlparser-ts")), "..", "wasm", "sqlparser_rs_wasm_bg.wasm")));
}
