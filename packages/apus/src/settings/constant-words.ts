/** Finds the messages of a schema's author that cannot depend on a value: they are asked for when there is none yet. */
import { formatMessage, partsOf, type ZodSchema } from "../schema/index.ts";

/** How zod keeps a message: `"too short"` and `{ error: "too short" }` both become a function without parameters. */
interface Definition {
  readonly error?: unknown;
  readonly check?: string | undefined;
  readonly format?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly includes?: string;
  readonly checks?: readonly { readonly _zod: { readonly def: Definition } }[] | undefined;
}

/** An issue that nobody may look at: whoever does makes a message of it. */
const closed = new Proxy(
  {},
  {
    get: refuse,
    has: refuse,
    ownKeys: refuse,
    getOwnPropertyDescriptor: refuse,
    getPrototypeOf: refuse,
  },
);

function refuse(): never {
  throw new TypeError("a constant message looks at no issue");
}

/**
 * The constant messages of a schema and of all that it is made of, and what is said of its formats, which it names itself.
 *
 * What counts is what is said now, at the declaration, when nothing has been read: a function that says something else later,
 * made of what it has seen by then, is not among them.
 */
export function constantWords(root: ZodSchema): Set<string> {
  const words = new Set<string>();
  const seen = new Set([root]);
  for (const schema of seen) {
    const def = schema._zod.def as Definition;
    for (const each of [def, ...(def.checks ?? []).map(({ _zod }) => _zod.def)]) {
      const said = constantOf(each);
      if (said !== undefined) words.add(said);
      if (each.check === "string_format") words.add(formatMessage(each));
    }
    for (const part of partsOf(schema)) seen.add(part);
  }
  return words;
}

function constantOf({ error }: Definition): string | undefined {
  if (typeof error !== "function" || error.length > 0) return undefined;
  try {
    const said: unknown = (error as (issue: unknown) => unknown)(closed);
    return typeof said === "string" ? said : undefined;
  } catch {
    return undefined;
  }
}
