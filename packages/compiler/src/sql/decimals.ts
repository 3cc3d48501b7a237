/** What arithmetic on decimals gives, and the decimal that holds two. */
import { decimal, type DecimalType } from "./types.js";

const MAX = 38;
const LEAST_SCALE = 6;

/** Beyond 38 digits the fraction gives way first, down to six digits. */
export function adjusted(precision: number, scale: number): DecimalType {
  if (precision <= MAX) return decimal(precision, scale);
  const whole = precision - scale;
  return decimal(MAX, Math.max(MAX - whole, Math.min(scale, LEAST_SCALE)));
}

/** The smaller range gives way where 38 digits do not do. */
export function widerDecimal(a: DecimalType, b: DecimalType): DecimalType {
  const scale = Math.max(a.scale, b.scale);
  const range = Math.max(a.precision - a.scale, b.precision - b.scale);
  if (range + scale <= MAX) return decimal(range + scale, scale);
  // Digits before the point are kept before those after it.
  return decimal(MAX, Math.max(0, MAX - range));
}

export type ArithmeticOp = "+" | "-" | "*" | "/" | "%" | "div";

export function decimalResult(op: ArithmeticOp, a: DecimalType, b: DecimalType): DecimalType {
  const scale = Math.max(a.scale, b.scale);
  const [left, right] = [a.precision - a.scale, b.precision - b.scale];
  switch (op) {
    case "+":
    case "-":
      return adjusted(Math.max(left, right) + scale + 1, scale);
    case "*":
      return adjusted(a.precision + b.precision + 1, a.scale + b.scale);
    case "/": {
      const digits = Math.max(LEAST_SCALE, a.scale + b.precision + 1);
      return adjusted(left + b.scale + digits, digits);
    }
    case "%":
      return adjusted(Math.min(left, right) + scale, scale);
    case "div":
      return adjusted(left + b.scale, 0);
  }
}
