/**
 * Tells the values of this copy of the package from those of another copy in the same program. Two copies do not see each
 * other's classes and private state: what one declares, the other would misread without a word.
 */
import { ApusError } from "./apus-error.ts";

/** Under a registered symbol, so that copies and versions find each other's mark. */
const madeBy = Symbol.for("apus.madeBy");

/** What all copies and versions know of each other. */
interface Copy {
  /** Where the copy was loaded from. */
  readonly url: string;
}

const thisCopy: Copy = { url: import.meta.url };

/** Marks a value that users hand from module to module, or the prototype of such values, as made by this copy. */
export function ofThisCopy<T extends object>(value: T): T {
  return Object.assign(value, { [madeBy]: thisCopy });
}

/**
 * @param said Begins the message: `the operation GET /items`. As a function it is only asked when it is needed.
 * @throws ApusError for a value that another copy of the package made.
 */
export function checkCopy(value: object, said: string | (() => string)): void {
  const copy = copyOf(value);
  if (copy === undefined || copy === thisCopy) return;
  const what = typeof said === "string" ? said : said();
  throw new ApusError(
    `APUS_TWO_COPIES: ${what} was made by ${twoCopies(folderOf(copy), folderOf(thisCopy))}`,
    value instanceof Error ? { cause: value } : undefined,
  );
}

/** What the two are to each other, and what to do. Where one file was run twice, no package manager knows of a second copy. */
function twoCopies(maker: string, user: string): string {
  if (maker !== user) {
    return `the copy of apus in ${maker}, but is used with the one in ${user}; install one copy for both: \`npm ls apus\` (or \`pnpm why apus\`, \`yarn why apus\`) tells who brings which.`;
  }
  return `another load of the copy of apus in ${user}: it was loaded twice, after a reset of modules (\`vi.resetModules()\`, hot reloading) or by two bundles. After a reset, import the app and \`apus/testing\` again, both; have bundlers keep apus external.`;
}

/**
 * Whether a value is of one of the kinds that are declared by plain objects.
 * @throws ApusError where it is, but another copy of the package made it.
 */
export function isOfKind(value: unknown, kind: string): value is { readonly kind: string } {
  if (typeof value !== "object" || value === null || !("kind" in value) || value.kind !== kind) return false;
  if (copyOf(value) !== thisCopy) checkCopy(value, () => describe(value, kind));
  return true;
}

function copyOf(value: object): Copy | undefined {
  return (value as { readonly [madeBy]?: Copy })[madeBy];
}

/** What messages call the kinds that have no plain name of their own. */
const names: Readonly<Record<string, string>> = {
  located: "an input",
  operation: "an operation",
  outbound: "a callback or webhook",
  errorHandler: "an error handler",
};

/** The value as a person may recognise it: an operation has a path, a dependency or a middleware has a name. */
function describe(value: object, kind: string): string {
  const { method, path, name, location, match, options } = value as Readonly<Record<string, unknown>>;
  const own = path ?? name ?? location ?? match ?? (options as { readonly name?: unknown } | undefined)?.name;
  const said = [method, own].filter((part) => typeof part === "string" || typeof part === "number");
  return `${names[kind] ?? `a ${kind}`}${said.length === 0 ? "" : ` (${said.join(" ")})`}`;
}

/** The package's folder, as far as the address tells: a bundle has none. What loads a module anew often adds a query to it. */
function folderOf({ url }: Copy): string {
  const [text] = String(url)
    .replace(/^file:\/\/(?=\/)/, "")
    .split(/[?#]/, 1) as [string];
  const end = text.search(/\/(?:dist|src)\/(?:diagnostic\/package-copy|node\/core)\./);
  return end === -1 ? text : text.slice(0, end);
}
