/** Reads a pattern for origins: made to match the whole of one, and refused where it hardly says what it was meant to. */
import { ApusError } from "../diagnostic/index.ts";
import { isSlow } from "../schema/index.ts";

/** Longer than any origin: a host name has 253 characters at most. A pattern is never tried on more. */
const longest = 512;
/** An origin that nobody lists: `.invalid` is never given to anyone (RFC 2606). */
const nobody = ["https://nobody.invalid", "http://nobody.invalid"];

/** Where the pattern stands, for messages. */
interface Place {
  readonly code: "APUS_CORS" | "APUS_ORIGIN";
  /** `allowOriginRegex` */
  readonly option: string;
}

/**
 * @param credentials Whether what it lets in acts as the user; `refusal` then says what is wrong with one that lets in any.
 * @returns Whether an origin as a whole matches.
 * @throws ApusError for a pattern that is no regular expression or has a bare dot where a name's dot is meant, for one
 *   that can take forever, and for one that lets any origin in although that would act as the user.
 */
export function originPattern(
  pattern: unknown,
  { code, option }: Place,
  credentials: false | { readonly refusal: string },
): (origin: string) => boolean {
  if (typeof pattern !== "string" && !(pattern instanceof RegExp)) {
    throw new ApusError(`${code}: ${option} is a RegExp, or the text of one.`);
  }
  const given = typeof pattern === "string" ? compiled(pattern, { code, option }) : pattern;
  const dot = bareDot(given.source);
  if (dot !== undefined) {
    throw new ApusError(
      `${code}: the dot before ${JSON.stringify(given.source.slice(dot + 1, dot + 12))} in ${option} matches any character, so that other sites' origins match too; write "\\." for a dot.`,
    );
  }
  // Without g and y, which remember where they were, and m, for which a line is whole enough.
  const whole = new RegExp(`^(?:${given.source})$`, given.flags.replace(/[gym]/g, ""));
  if (isSlow(whole)) {
    throw new ApusError(
      `${code}: ${option} can divide an origin in so many ways that a short one keeps the process busy for hours; write it so that each text is taken in one way: [\\w-]+ rather than ([\\w-]+)+.`,
    );
  }
  if (credentials !== false && nobody.some((origin) => whole.test(origin))) {
    throw new ApusError(`${code}: ${option} lets any origin in, ${credentials.refusal}.`);
  }
  return (origin) => origin.length <= longest && whole.test(origin);
}

function compiled(source: string, { code, option }: Place): RegExp {
  try {
    return new RegExp(source);
  } catch (cause) {
    throw new ApusError(`${code}: ${option} is no regular expression of JavaScript.`, { cause });
  }
}

/** Where a dot that is neither escaped, nor repeated, nor in a class stands before a letter or digit. */
function bareDot(source: string): number | undefined {
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const char = source[i];
    if (char === "\\") i++;
    else if (char === "[") inClass = true;
    else if (char === "]") inClass = false;
    else if (char === "." && !inClass && /[a-z0-9]/i.test(source[i + 1] ?? "")) return i;
  }
  return undefined;
}
