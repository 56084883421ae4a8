/**
 * Where operations are declared in the source, so that a failure at start-up can say it. A stack for each costs memory, so they
 * are kept only where someone asks for them before the modules are loaded: the command line, in development.
 */

const asked = Symbol.for("apus.declaredAt");
const place = Symbol("apus.place");

/** What to spread into a declaration: its stack, where places are asked for. */
export function declaredHere(): object {
  if (!(asked in globalThis)) return {};
  return { [place]: framesOf(new Error().stack) };
}

/** The error, its stack beginning with the place of the declaration that it is about. */
export function atDeclaration(error: unknown, declaration: object): unknown {
  const frames: unknown = place in declaration ? declaration[place] : undefined;
  if (typeof frames !== "string" || !(error instanceof Error)) return error;
  const own = framesOf(error.stack);
  const head = (error.stack ?? String(error)).slice(0, own === "" ? undefined : -own.length);
  error.stack = head + frames + own;
  return error;
}

/** The lines that begin with `at`, each with the line break before it. */
function framesOf(stack = ""): string {
  const start = stack.indexOf("\n    at ");
  return start === -1 ? "" : stack.slice(start);
}
