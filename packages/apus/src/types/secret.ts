/** `types.secret()`: a text that does not show itself. */
import { z } from "zod";
import { converted, fail, outputMismatch, problem, type Problem } from "../schema/index.ts";
import { checkCounts } from "./limits.ts";
import { wireCodec } from "./wire-codec.ts";

const mask = "**********";

/**
 * A text that is not shown by accident: `String(secret)`, JSON, `console.log` and answers have `**********`. Reading `.value`
 * is the one way to it.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The text itself. */
  get value(): string {
    return this.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  /** What Node's `console.log` shows. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `Secret('${mask}')`;
  }
}

/** How many characters there may be. */
export interface SecretOptions {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/**
 * A password or key, as pydantic's `SecretStr`: the handler gets a `Secret`, answers write `**********`, and a 422 never
 * echoes it, neither alone nor inside an object that is echoed.
 *
 * @throws ApusError for a limit that is no whole number.
 * @example
 * const Login = z.object({ username: z.string(), password: types.secret({ min: 8 }) });
 * post("/login", { input: { login: Login } }, ({ login }) => verify(login.password.value));
 */
export function secret(options: SecretOptions = {}): z.ZodCodec<z.ZodString, z.ZodCustom<Secret, Secret>> {
  const { min, max } = options;
  checkCounts("types.secret()", options, "min", "max");
  return wireCodec(
    {
      label: () => "secret",
      holds: "one",
      secret: true,
      reader: () => (value, problems) => {
        if (typeof value !== "string") {
          return fail(problems, problem("string_type", "Input should be a valid string", value));
        }
        const wrong = measured(value, min, max);
        return wrong === undefined ? converted(new Secret(value)) : fail(problems, wrong);
      },
      writer: () => (value, problems) =>
        value instanceof Secret || typeof value === "string"
          ? mask
          : fail(problems, outputMismatch("a Secret", typeof value)),
      shape: () => ({
        type: "string",
        format: "password",
        writeOnly: true,
        ...(min === undefined ? {} : { minLength: min }),
        ...(max === undefined ? {} : { maxLength: max }),
      }),
    },
    z.string(),
    z.instanceof(Secret) as z.ZodCustom<Secret, Secret>,
  );
}

function measured(text: string, min = 0, max = Number.POSITIVE_INFINITY): Problem | undefined {
  const length = [...text].length;
  const said = (bound: number, words: string): string =>
    `Value should have at ${words} ${bound} item${bound === 1 ? "" : "s"} after validation, not ${length}`;
  const ctx = { field_type: "Value" };
  if (length < min)
    return problem("too_short", said(min, "least"), text, { ...ctx, min_length: min, actual_length: length });
  if (length > max)
    return problem("too_long", said(max, "most"), text, { ...ctx, max_length: max, actual_length: length });
  return undefined;
}
