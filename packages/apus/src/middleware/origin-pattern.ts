/** Reads `allowOriginRegex`: made to match the whole origin, and refused where it hardly says what it was meant to. */
import { ApusError } from "../diagnostic/index.ts";
import { isSlow } from "../schema/index.ts";

/** Longer than any origin: a host name has 253 characters at most. A pattern is never tried on more. */
const longest = 512;
/** An origin that nobody lists: `.invalid` is never given to anyone (RFC 2606). */
const nobody = ["https://nobody.invalid", "http://nobody.invalid"];

/**
 * @returns Whether an origin as a whole matches.
 * @throws ApusError for a pattern that is no regular expression or has a bare dot where a name's dot is meant, for one
 *   that can take forever, and for one that lets any origin in although credentials are allowed.
 */
export function originPattern(pattern: unknown, allowCredentials: boolean): (origin: string) => boolean {
  if (typeof pattern !== "string" && !(pattern instanceof RegExp)) {
    throw new ApusError("APUS_CORS: allowOriginRegex is a RegExp, or the text of one.");
  }
  const given = typeof pattern === "string" ? compiled(pattern) : pattern;
  const dot = bareDot(given.source);
  if (dot !== undefined) {
    throw new ApusError(
      `APUS_CORS: the dot before ${JSON.stringify(given.source.slice(dot + 1, dot + 12))} in allowOriginRegex matches any character, so that other sites' origins match too; write "\\." for a dot.`,
    );
  }
  // Without g and y, which remember where they were, and m, for which a line is whole enough.
  const whole = new RegExp(`^(?:${given.source})$`, given.flags.replace(/[gym]/g, ""));
  if (isSlow(whole)) {
    throw new ApusError(
      "APUS_CORS: allowOriginRegex can divide an origin in so many ways that a short one keeps the process busy for hours; write it so that each text is taken in one way: [\\w-]+ rather than ([\\w-]+)+.",
    );
  }
  if (allowCredentials && nobody.some((origin) => whole.test(origin))) {
    throw new ApusError(
      "APUS_CORS: allowOriginRegex lets any origin in, and allowCredentials would let it act as the user; name the sites' domain in the pattern, or list the origins in allowOrigins.",
    );
  }
  return (origin) => origin.length <= longest && whole.test(origin);
}

function compiled(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch (cause) {
    throw new ApusError("APUS_CORS: allowOriginRegex is no regular expression of JavaScript.", { cause });
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
