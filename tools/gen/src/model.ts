/** The language as the generator understands it: the closed subset of TypeScript that spec.ts is written in. */

export interface Language {
  readonly interfaces: ReadonlyMap<string, InterfaceModel>;
}

export interface InterfaceModel {
  readonly name: string;
  readonly doc: string;
  readonly exactlyOne: readonly string[];
  /** How many of its keys are written at least. */
  readonly minItems?: number;
  /** Keys that are not listed name plugins: they take at least the keys of this interface. */
  readonly plugins?: string;
  /** Own properties after those of what it extends. */
  readonly properties: readonly PropertyModel[];
}

export interface PropertyModel {
  readonly name: string;
  readonly optional: boolean;
  readonly doc: string;
  readonly default?: string;
  readonly examples: readonly string[];
  readonly unit?: string;
  readonly declares?: string;
  readonly type: TypeModel;
}

export type TypeModel =
  | StringType
  | { readonly kind: "number"; readonly integer: boolean; readonly minimum?: number }
  | { readonly kind: "boolean" }
  | { readonly kind: "unknown" }
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "array"; readonly items: TypeModel; readonly minItems?: number }
  | { readonly kind: "map"; readonly values: TypeModel; readonly minItems?: number }
  | { readonly kind: "interface"; readonly name: string }
  /** Deep partial of some keys of an interface. */
  | { readonly kind: "mirror"; readonly of: string; readonly keys: readonly string[] }
  | { readonly kind: "union"; readonly members: readonly TypeModel[] };

export interface StringType {
  readonly kind: "string";
  readonly format?: string;
  readonly pattern?: string;
  readonly references?: readonly string[];
  readonly vars?: true;
  /** Takes a secret as its whole value, and nothing else. */
  readonly secret?: true;
}
