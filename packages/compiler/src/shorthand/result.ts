/** What a shorthand means, or what is wrong with it and where in the text. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | Mistake;

export interface Mistake {
  readonly ok: false;
  readonly offset: number;
  readonly length: number;
  /** A clause without a full stop: "a duration is a whole number and a unit, such as `10m`". */
  readonly message: string;
}

export function ok<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function mistake(offset: number, length: number, message: string): Mistake {
  return { ok: false, offset, length, message };
}
