/** Wire types that are one value: read into a parsed form, checked, handed to the handler in its own form, and written. */
import { converted, fail, outputMismatch, problem, type WireType } from "../schema/index.ts";
import { Refusal, type Constrain } from "../wire/index.ts";

interface ScalarWire<T> {
  /** What a member of a union is called: `"timedelta"`. */
  readonly label: string;
  /** JSON Schema's format: `"duration"`. */
  readonly format: string;
  /** What an output is told to be where it is something else: `"a duration …"`. */
  readonly expected: string;
  /** From the wire; what has to come between parsing and the limits of the calendar is constrained in here. */
  readonly read: (input: unknown, mode: "lax" | "strict") => T | Refusal;
  /** What is asked after reading. */
  readonly constrain?: Constrain<T> | undefined;
  /** What a refusal by `constrain` echoes; the input itself unless said otherwise. */
  readonly echo?: (value: T) => unknown;
  /** The handler's form. */
  readonly give: (value: T) => unknown;
  /** The handler's form taken back, or undefined where it is something else. Constraints are asked again. */
  readonly take: (value: unknown) => T | Refusal | undefined;
  /** pydantic's JSON form. */
  readonly print: (value: T) => string;
}

export function scalarWire<T>(scalar: ScalarWire<T>): WireType {
  const { label, format, expected, read, constrain, echo, give, take, print } = scalar;
  return {
    label: () => label,
    holds: "one",
    reader: (_compile, mode) => (input, problems) => {
      const found = read(input, mode);
      if (found instanceof Refusal) return fail(problems, problem(found.type, found.msg, input, found.ctx));
      const refusal = constrain?.(found);
      if (refusal !== undefined) {
        return fail(
          problems,
          problem(refusal.type, refusal.msg, echo === undefined ? input : echo(found), refusal.ctx),
        );
      }
      // A union prefers the member that takes the text as a text, as in pydantic.
      return mode === "lax" ? converted(give(found)) : give(found);
    },
    writer: () => (value, problems) => {
      const found = take(value);
      if (found === undefined) return fail(problems, outputMismatch(expected, value));
      const refusal = found instanceof Refusal ? found : constrain?.(found);
      if (refusal !== undefined) return fail(problems, problem(refusal.type, refusal.msg, value, refusal.ctx));
      return print(found as T);
    },
    shape: () => ({ type: "string", format }),
  };
}
