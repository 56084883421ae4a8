// Compares an expected JSON value, in which matchers may stand, with an actual one, and lists every place that differs.
// Objects compare without order, lists with it.

/** One place where an answer is not as expected; `at` is a JSON-path-like place such as `body.detail[0].loc`. */
export interface Mismatch {
  readonly at: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** What stands for a value that is not there, so that it is told from `null`. */
export const absent = Symbol("absent");

/** Values kept from earlier answers of the case, by name. */
export type Captured = ReadonlyMap<string, unknown>;

type JsonObject = { readonly [key: string]: unknown };
interface Matcher {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly options: JsonObject;
}

/** Whether a value is a JSON object (not a list, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Compares and returns all differences; an empty list means equal.
 *
 * @throws Error for a matcher, or an option of one, that is not known: it must not pass as a literal value.
 */
export function compare(expected: unknown, actual: unknown, at: string, captured: Captured): Mismatch[] {
  const differs = [{ at, expected, actual }];
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return differs;
    return Array.from({ length: Math.max(expected.length, actual.length) }, (_, index) =>
      compareMember(expected, actual, index, `${at}[${index}]`, captured),
    ).flat();
  }
  if (!isObject(expected)) return expected === actual ? [] : differs;
  if ("$capture" in expected) return compareCaptured(expected, actual, at, captured);
  if ("$match" in expected) return matches(readMatcher(expected), actual, captured) ? [] : differs;
  if (!isObject(actual)) return differs;
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...keys].flatMap((key) => compareMember(expected, actual, key, place(at, key), captured));
}

/** Whether two values are equal as `compare` sees it. */
export function isEqual(expected: unknown, actual: unknown, captured: Captured): boolean {
  return compare(expected, actual, "", captured).length === 0;
}

function compareMember(expected: object, actual: object, key: string | number, at: string, captured: Captured) {
  const wanted = Object.hasOwn(expected, key) ? (expected as Record<typeof key, unknown>)[key] : absent;
  const got = Object.hasOwn(actual, key) ? (actual as Record<typeof key, unknown>)[key] : absent;
  if (wanted === absent || got === absent) return [{ at, expected: wanted, actual: got }];
  return compare(wanted, got, at, captured);
}

function place(at: string, key: string): string {
  if (/^[\w$-]+$/.test(key)) return at === "" ? key : `${at}.${key}`;
  return `${at}[${JSON.stringify(key)}]`;
}

function compareCaptured(expected: JsonObject, actual: unknown, at: string, captured: Captured): Mismatch[] {
  const name = String(expected["$capture"]);
  if (!captured.has(name))
    return [{ at, expected: `the value captured as "${name}", which no earlier step gave`, actual }];
  return compare(captured.get(name), actual, at, captured);
}

function readMatcher(value: JsonObject): Matcher {
  const { $match, args = [], kwargs = {}, ...rest } = value;
  const unknown = Object.keys(rest);
  if (unknown.length > 0 || !Array.isArray(args) || !isObject(kwargs))
    throw new Error(`the matcher ${JSON.stringify(value)} is not of the form { $match, args?, kwargs? }`);
  return { name: String($match), args, options: kwargs };
}

/** Refuses options that a matcher does not implement. */
function allow(matcher: Matcher, ...known: string[]): void {
  const unknown = Object.keys(matcher.options).filter((option) => !known.includes(option));
  if (unknown.length > 0) throw new Error(`the matcher ${matcher.name} is not implemented with ${unknown.join(", ")}`);
}

/** The meanings of the Python package dirty-equals, for the matchers that occur in the vectors. */
function matches(matcher: Matcher, actual: unknown, captured: Captured): boolean {
  switch (matcher.name) {
    case "AnyThing":
      return (allow(matcher), true);
    case "IsStr":
      return matchesText(matcher, actual);
    case "IsInt":
      return matchesInteger(matcher, actual);
    case "IsUUID":
      return matchesUuid(matcher, actual);
    case "IsOneOf":
      allow(matcher);
      return matcher.args.some((choice) => isEqual(choice, actual, captured));
    case "IsList":
      return matchesList(matcher, actual, captured);
    case "IsPartialDict":
      return matchesPart(matcher, actual, captured);
    case "Set":
      return matchesSet(matcher, actual, captured);
    default:
      throw new Error(`the matcher ${matcher.name} is not known to the conformance runner`);
  }
}

function matchesText(matcher: Matcher, actual: unknown): boolean {
  allow(matcher, "regex", "min_length", "max_length");
  const { regex, min_length = 0, max_length = Infinity } = matcher.options;
  if (typeof actual !== "string") return false;
  const length = [...actual].length; // Python counts code points
  if (length < Number(min_length) || length > Number(max_length)) return false;
  return regex === undefined || new RegExp(`^(?:${String(regex)})$`, "u").test(actual);
}

function matchesInteger(matcher: Matcher, actual: unknown): boolean {
  allow(matcher, "exactly", "gt", "ge", "lt", "le");
  if (typeof actual !== "number" || !Number.isInteger(actual)) return false;
  const { exactly = actual, gt = -Infinity, ge = -Infinity, lt = Infinity, le = Infinity } = matcher.options;
  return (
    actual === exactly && actual > Number(gt) && actual >= Number(ge) && actual < Number(lt) && actual <= Number(le)
  );
}

function matchesUuid(matcher: Matcher, actual: unknown): boolean {
  allow(matcher);
  const found = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i.exec(String(actual));
  if (typeof actual !== "string" || found === null) return false;
  const version = matcher.args[0];
  return version === undefined || found[1] === String(version);
}

function matchesList(matcher: Matcher, actual: unknown, captured: Captured): boolean {
  allow(matcher, "check_order", "length");
  const { check_order = true, length } = matcher.options;
  if (!Array.isArray(actual)) return false;
  if (length !== undefined && !isEqual(length, actual.length, captured)) return false;
  if (length !== undefined && matcher.args.length === 0) return true;
  if (check_order === true) return isEqual(matcher.args, actual, captured);
  return matcher.args.length === actual.length && canPair(matcher.args, actual, captured);
}

/** Whether each expected item can be given an item of its own; tries all pairings, for items may be matchers. */
function canPair(expected: readonly unknown[], actual: readonly unknown[], captured: Captured): boolean {
  const [first, ...others] = expected;
  if (expected.length === 0) return true;
  return actual.some(
    (item, index) => isEqual(first, item, captured) && canPair(others, actual.toSpliced(index, 1), captured),
  );
}

/** At least these keys: `args` holds one object, keyword arguments are keys themselves. */
function matchesPart(matcher: Matcher, actual: unknown, captured: Captured): boolean {
  const wanted = { ...(isObject(matcher.args[0]) ? matcher.args[0] : {}), ...matcher.options };
  if (!isObject(actual)) return false;
  return Object.entries(wanted).every(
    ([key, value]) => Object.hasOwn(actual, key) && isEqual(value, actual[key], captured),
  );
}

function matchesSet(matcher: Matcher, actual: unknown, captured: Captured): boolean {
  allow(matcher);
  const [first] = matcher.args;
  const wanted = matcher.args.length === 1 && Array.isArray(first) ? (first as unknown[]) : matcher.args;
  if (!Array.isArray(actual)) return false;
  return (
    wanted.every((item) => actual.some((other) => isEqual(item, other, captured))) &&
    actual.every((item) => wanted.some((other) => isEqual(other, item, captured)))
  );
}
