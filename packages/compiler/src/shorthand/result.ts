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

/** A mistake of a part, in the text that it is a part of. */
export function shifted<T>(parsed: Parsed<T>, by: number): Parsed<T> {
  return parsed.ok ? parsed : { ...parsed, offset: parsed.offset + by };
}
