/** Options by name: what is spelled differently is said so, where no type checker does. */
import { ApusError } from "./apus-error.ts";

/** Every option there is. Typed by the options themselves, so one that is missing, or one too many, does not compile. */
export type OptionNames<O> = Readonly<Record<keyof O, true>>;

/**
 * @param what Who has the options, as messages call it: `GET /items`, `router()`.
 * @param known The options that there are: a list, or a record where a type holds it complete.
 * @throws ApusError for what is no record of options, and for an option that there is not.
 */
export function checkOptionNames(
  what: string,
  options: unknown,
  known: Readonly<Record<string, true>> | readonly string[],
): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new ApusError(`APUS_OPTIONS: ${what}: its options are an object, such as { ${namesIn(known)[0]}: … }.`);
  }
  for (const name of Object.keys(options)) {
    if (Array.isArray(known) ? known.includes(name) : Object.hasOwn(known, name)) continue;
    const names = namesIn(known);
    // FastAPI's spelling is a likely one: `root_path` means `rootPath`.
    const said = name.toLowerCase().replaceAll("_", "");
    const meant =
      names.find((each) => isClose(each.toLowerCase(), said)) ?? names.find((each) => each === elsewhere.get(said));
    const around = names.find((each) => inside.get(each)?.includes(name) === true);
    const advice =
      meant !== undefined
        ? `; did you mean \`${meant}\`?`
        : around && `; it belongs in \`${around}\`: ${around}: { ${name}: … }`;
    throw new ApusError(`APUS_OPTIONS: ${what}: there is no option \`${name}\`${advice ?? "."}`);
  }
}

function namesIn(known: Readonly<Record<string, true>> | readonly string[]): readonly string[] {
  return Array.isArray(known) ? known : Object.keys(known);
}

/** What FastAPI and its like call it, in lower case without underscores, and what it is called here. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ["responsemodel", "output"],
  ["responsemodelexcludeunset", "excludeUnset"],
  ["responsemodelexcludedefaults", "excludeDefaults"],
  ["responsemodelexcludenone", "excludeNull"],
  ["responsemodelinclude", "only"],
  ["responsemodelexclude", "without"],
  ["responseclass", "as"],
  ["statuscode", "status"],
  ["openapiextra", "openapi"],
  ["exceptionhandlers", "onError"],
  ["generateuniqueidfunction", "operationId"],
  ["licenseinfo", "license"],
  ["usecache", "cache"],
  ["depends", "dependencies"],
  ["model", "schema"],
  ["params", "query"],
  ["data", "form"],
  ["mediatype", "type"],
  ["dir", "directory"],
]);

/** Options that hold others, which are easily looked for beside them. */
const inside: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "formLimits",
    ["maxFiles", "maxFields", "maxPartSize", "maxFieldsSize", "maxFileSize", "maxPartHeaderSize", "spoolSize"],
  ],
]);

/** Whether one letter that is missing, superfluous or wrong, or two neighbours that changed places, make the difference. */
function isClose(one: string, other: string): boolean {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  let end = 0;
  const shorter = Math.min(one.length, other.length);
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const [left, right] = [one, other].map((text) => text.slice(start, text.length - end)) as [string, string];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && left === [...right].reverse().join("");
}
