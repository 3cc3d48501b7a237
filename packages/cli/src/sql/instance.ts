/**
 * One instance of the SQL parser's WebAssembly. Its own glue holds one instance for the life of the process, which is dead
 * after a trap; this glue makes as many as are needed of one compiled module. Only what `parse_sql_to_json_string` calls is given.
 */
import "./webassembly.js";
import type { RawSqlInstance } from "@mlspec/compiler";

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly parse_sql_to_json_string: (
    dialect: number,
    dialectLength: number,
    sql: number,
    sqlLength: number,
  ) => readonly [number, number, number, number];
  readonly __wbindgen_malloc: (size: number, align: number) => number;
  readonly __wbindgen_free: (pointer: number, size: number, align: number) => void;
  readonly __wbindgen_externrefs: WebAssembly.Table;
  readonly __externref_table_dealloc: (index: number) => void;
  readonly __wbindgen_start: () => void;
}

const DIALECT = "spark";

export function instantiate(module: WebAssembly.Module): RawSqlInstance {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let made: Exports | undefined;
  const text = (pointer: number, length: number): string => decoder.decode(new Uint8Array(exportsOf(made).memory.buffer, pointer, length));
  made = new WebAssembly.Instance(
    module,
    importsOf(module, text, () => exportsOf(made)),
  ).exports as unknown as Exports;
  const wasm = made;
  wasm.__wbindgen_start();
  const pass = (value: string): readonly [number, number] => {
    const bytes = encoder.encode(value);
    const pointer = wasm.__wbindgen_malloc(bytes.length, 1) >>> 0;
    new Uint8Array(wasm.memory.buffer).set(bytes, pointer);
    return [pointer, bytes.length];
  };
  return {
    parse(sql) {
      const [pointer, length, error, failed] = wasm.parse_sql_to_json_string(...pass(DIALECT), ...pass(sql));
      if (failed !== 0) {
        const value: unknown = wasm.__wbindgen_externrefs.get(error);
        wasm.__externref_table_dealloc(error);
        return { error: messageOf(value) };
      }
      const json = text(pointer >>> 0, length);
      wasm.__wbindgen_free(pointer, length, 1);
      return { json };
    },
  };
}

function exportsOf(wasm: Exports | undefined): Exports {
  if (wasm === undefined) throw new Error("the SQL parser called back before it was there");
  return wasm;
}

function messageOf(value: unknown): string {
  if (typeof value === "object" && value !== null && "message" in value && typeof value.message === "string") return value.message;
  return String(value);
}

/** Names of imports end in a hash of the build, so they are matched without it. */
function importsOf(
  module: WebAssembly.Module,
  text: (pointer: number, length: number) => string,
  wasm: () => Exports,
): WebAssembly.Imports {
  const known: Record<string, (...values: never[]) => unknown> = {
    __wbg_Error: (pointer: number, length: number) => new Error(text(pointer, length)),
    __wbg_new: () => ({}),
    __wbg_set: (target: Record<string, unknown>, key: string, value: unknown) => void (target[key] = value),
    __wbg_stack: () => undefined,
    __wbg_error: () => undefined,
    __wbg___wbindgen_throw: (pointer: number, length: number) => {
      throw new Error(text(pointer, length));
    },
    __wbindgen_cast: (pointer: number, length: number) => (typeof length === "number" ? text(pointer, length) : pointer),
    __wbindgen_init_externref_table: () => {
      const table = wasm().__wbindgen_externrefs;
      const offset = table.grow(4);
      table.set(0, undefined);
      [undefined, null, true, false].forEach((value, i) => table.set(offset + i, value));
    },
  };
  const imports: WebAssembly.Imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const found = known[name.replace(/_[0-9a-f]{16}$/, "")];
    (imports[from] ??= {})[name] =
      found ??
      (() => {
        throw new Error(`the SQL parser asked for ${name}, which parsing does not need`);
      });
  }
  return imports;
}
