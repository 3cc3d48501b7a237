// Neither ES2023 nor Node's types declare WebAssembly, which every host has; the DOM's types would bring much that Node lacks.
declare global {
  namespace WebAssembly {
    class Module {
      constructor(bytes: Uint8Array<ArrayBuffer>);
      static imports(module: Module): { readonly module: string; readonly name: string }[];
    }
    class Instance {
      constructor(module: Module, imports: Imports);
      readonly exports: Readonly<Record<string, unknown>>;
    }
    interface Memory {
      readonly buffer: ArrayBuffer;
    }
    interface Table {
      get(index: number): unknown;
      set(index: number, value: unknown): void;
      grow(by: number): number;
    }
    type Imports = Record<string, Record<string, (...values: never[]) => unknown>>;
  }
}
export {};
