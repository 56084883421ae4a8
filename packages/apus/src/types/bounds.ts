/** Limits of dates, times and durations, refused in pydantic's words. */
import { ApusError } from "../diagnostic/index.ts";
import { Refusal, type Constrain } from "../wire/index.ts";

/** A least and a greatest value, both included. */
export interface Bounds<T> {
  /** The least value that is accepted (pydantic's `ge`). */
  readonly min?: T;
  /** The greatest value that is accepted (pydantic's `le`). */
  readonly max?: T;
}

/**
 * The two bounds as one constraint.
 * @param read Reads a bound as it was declared.
 * @param compare Negative if the first is less.
 * @param print How a bound stands in messages.
 */
export function within<D, T>(
  { min, max }: Bounds<D>,
  read: (declared: D) => T | Refusal,
  compare: (a: T, b: T) => number,
  print: (value: T) => string,
): Constrain<T> | undefined {
  const least = min === undefined ? undefined : bound("min", read(min));
  const most = max === undefined ? undefined : bound("max", read(max));
  const tooMuch = most && ordered("less_than_equal", "less than or equal to", "le", print(most));
  const tooLittle = least && ordered("greater_than_equal", "greater than or equal to", "ge", print(least));
  if (least === undefined && most === undefined) return undefined;
  return (value) => {
    if (most !== undefined && compare(value, most) > 0) return tooMuch;
    return least !== undefined && compare(value, least) < 0 ? tooLittle : undefined;
  };
}

function ordered(type: string, words: string, key: string, text: string): Refusal {
  return new Refusal(type, `Input should be ${words} ${text}`, { [key]: text });
}

function bound<T>(name: string, found: T | Refusal): T {
  if (!(found instanceof Refusal)) return found;
  throw new ApusError(`APUS_SCHEMA: the option \`${name}\` of a date, time or duration cannot be read: ${found.msg}.`);
}

/** Several constraints as one: the first that refuses is reported. */
export function allOf<T>(constraints: readonly (Constrain<T> | undefined)[]): Constrain<T> | undefined {
  const present = constraints.filter((each) => each !== undefined);
  if (present.length < 2) return present[0];
  return (value) => {
    for (const constrain of present) {
      const refusal = constrain(value);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  };
}

/** Two options of which at most one may be set. */
export function either(one: boolean | undefined, other: boolean | undefined, names: string): void {
  if (one === true && other === true) {
    throw new ApusError(`APUS_SCHEMA: ${names} contradict each other; nothing would be accepted. Keep one of them.`);
  }
}

/** In the past or in the future, as the local clock of the server has it; now itself is neither. */
export function relativeToNow<T>(
  side: "past" | "future" | undefined,
  now: () => T,
  compare: (a: T, b: T) => number,
  refusal: Refusal,
): Constrain<T> | undefined {
  if (side === undefined) return undefined;
  return (value) => {
    const order = compare(value, now());
    return (side === "past" ? order < 0 : order > 0) ? undefined : refusal;
  };
}
