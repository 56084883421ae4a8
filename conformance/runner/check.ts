// Holds an answer against what is expected of it and lists every difference.
import type { Answer } from "./client.ts";
import type { ExpectedAnswer, ExpectedBody } from "./expectation.ts";
import { absent, compare, isEqual, isObject } from "./match.ts";
import type { Captured, Mismatch } from "./match.ts";
import type { TextCheck } from "./vector.ts";

/** All differences between an answer and what is expected; an empty list means that it holds. */
export function checkAnswer(expected: ExpectedAnswer, answer: Answer, captured: Captured): Mismatch[] {
  const status = expected.status === undefined || expected.status === answer.status;
  return [
    ...(status ? [] : [{ at: "status", expected: expected.status, actual: answer.status }]),
    ...checkHeaders(expected, answer, captured),
    ...expected.bodies.flatMap((body) => checkBody(body, answer, captured)),
    ...checkText(expected, answer, captured),
    ...checkJson(expected, answer, captured),
    ...(expected.redirects === undefined ? [] : compare(expected.redirects, answer.redirects, "redirects", captured)),
  ];
}

/** The JSON value of an answer, or `absent` when its body is not JSON. */
export function jsonOf(answer: Answer): unknown {
  try {
    return JSON.parse(answer.text);
  } catch {
    return absent;
  }
}

/** The value at a path of keys and indices, or `absent`. */
export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let current = value;
  for (const step of path) {
    if (Array.isArray(current)) current = itemAt(current, Number(step));
    else if (isObject(current) && Object.hasOwn(current, step)) current = current[step];
    else return absent;
  }
  return current;
}

/** As in Python, a negative index counts from the end. */
function itemAt(list: readonly unknown[], index: number): unknown {
  return index < list.length && index >= -list.length ? list.at(index) : absent;
}

function checkHeaders(expected: ExpectedAnswer, answer: Answer, captured: Captured): Mismatch[] {
  const cookies = cookiesOf(answer);
  return [
    ...Object.entries(expected.headers).flatMap(([name, value]) =>
      compare(value, answer.headers.get(name) ?? absent, `headers.${name}`, captured),
    ),
    ...expected.headersPresent
      .filter((name) => !answer.headers.has(name))
      .map((name) => ({ at: `headers.${name}`, expected: { $match: "AnyThing" }, actual: absent })),
    ...expected.headersAbsent
      .filter((name) => answer.headers.has(name))
      .map((name) => ({ at: `headers.${name}`, expected: absent, actual: answer.headers.get(name) })),
    ...Object.entries(expected.cookies).flatMap(([name, value]) =>
      compare(value, cookies.get(name) ?? absent, `cookies.${name}`, captured),
    ),
  ];
}

function cookiesOf(answer: Answer): Map<string, string> {
  const pairs = answer.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
}

function checkBody(expected: ExpectedBody, answer: Answer, captured: Captured): Mismatch[] {
  switch (expected.kind) {
    case "json": {
      const actual = jsonOf(answer);
      if (actual === absent) return [{ at: "body", expected: expected.value, actual: answer.text }];
      return compare(expected.value, actual, "body", captured);
    }
    case "text":
      return compare(expected.value, answer.text, "body", captured);
    case "bytes":
      return compare(expected.base64, Buffer.from(answer.bytes).toString("base64"), "body (base64)", captured);
    case "empty":
      return compare("", answer.text, "body", captured);
  }
}

function checkText(expected: ExpectedAnswer, answer: Answer, captured: Captured): Mismatch[] {
  const found = (part: string) => answer.text.includes(part);
  return [
    ...expected.contains
      .filter((part) => !found(part))
      .map((part) => ({ at: "body", expected: { contains: part }, actual: answer.text })),
    ...expected.notContains
      .filter(found)
      .map((part) => ({ at: "body", expected: { not_contains: part }, actual: answer.text })),
    ...expected.textChecks.flatMap((check) => checkOperations(check, answer.text, "body", captured)),
  ];
}

function checkJson(expected: ExpectedAnswer, answer: Answer, captured: Captured): Mismatch[] {
  return expected.jsonChecks.flatMap(({ path, ...operations }) => {
    const at = `body${path.map((step) => `[${JSON.stringify(step)}]`).join("")}`;
    return checkOperations(operations, valueAt(jsonOf(answer), path), at, captured);
  });
}

/** Applies every operation of a check; values are compared and judged true or false as in Python. */
function checkOperations(check: TextCheck, actual: unknown, at: string, captured: Captured): Mismatch[] {
  return Object.entries(check)
    .filter(([operation, value]) => actual === absent || !holds(operation, value, actual, captured))
    .map(([operation, value]) => ({ at, expected: { [operation]: value }, actual }));
}

function holds(operation: string, value: unknown, actual: unknown, captured: Captured): boolean {
  switch (operation) {
    case "equals":
      return isEqual(value, actual, captured);
    case "not_equals":
      return !isEqual(value, actual, captured);
    case "contains":
      return includes(actual, value, captured);
    case "not_contains":
      return !includes(actual, value, captured);
    case "length":
      return isEqual(value, lengthOf(actual), captured);
    case "truthy":
      return isTruthy(actual);
    case "falsy":
      return !isTruthy(actual);
    case "one_of":
      return Array.isArray(value) && value.some((choice) => isEqual(choice, actual, captured));
    default:
      return isOrdered(operation, actual, value);
  }
}

function includes(container: unknown, value: unknown, captured: Captured): boolean {
  if (typeof container === "string") return container.includes(String(value));
  if (Array.isArray(container)) return container.some((item) => isEqual(value, item, captured));
  return isObject(container) && Object.hasOwn(container, String(value));
}

function lengthOf(value: unknown): unknown {
  if (typeof value === "string") return [...value].length;
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : absent;
}

function isTruthy(value: unknown): boolean {
  const length = lengthOf(value);
  return length === absent ? Boolean(value) : length !== 0;
}

function isOrdered(operation: string, left: unknown, right: unknown): boolean {
  const comparable =
    (typeof left === "number" && typeof right === "number") || (typeof left === "string" && typeof right === "string");
  if (!comparable) return false;
  switch (operation) {
    case "lt":
      return left < right;
    case "le":
      return left <= right;
    case "gt":
      return left > right;
    case "ge":
      return left >= right;
    default:
      throw new Error(`the check "${operation}" is not known to the conformance runner`);
  }
}
