/** Numbers of JSON without loss, for the readers that want them so. */

/** Longer integers are no numbers to Python either. */
const mostDigits = 4300;

/** An integral number that was written with a fraction or an exponent: `1.0` is not `1` to a decimal. */
export class IntegralFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  toJSON(): number {
    return this.value;
  }
}

/**
 * The value of a JSON number: a bigint for an integer beyond 2^53, an `IntegralFloat` for a number such as `1.0`, a plain
 * number for all others.
 *
 * @throws RangeError for an integer of more than 4300 digits.
 */
export function exactNumber(text: string): unknown {
  const value = Number(text);
  if (/[.eE]/.test(text)) return Number.isInteger(value) ? new IntegralFloat(value) : value;
  if (Number.isSafeInteger(value)) return value;
  if (text.length > mostDigits) throw new RangeError(`an integer of more than ${mostDigits} digits`);
  return BigInt(text);
}
