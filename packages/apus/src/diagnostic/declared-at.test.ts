import { afterEach, expect, test } from "vitest";
import { atDeclaration, declaredHere } from "./declared-at.ts";

const asked = Symbol.for("apus.declaredAt");

afterEach(() => Reflect.deleteProperty(globalThis, asked));

function failure(): Error {
  const error = new Error("two\nlines");
  error.stack = "Error: two\nlines\n    at link (/framework.ts:1:1)";
  return error;
}

test("nothing is kept where nobody asks for places", () => {
  const declaration = { ...declaredHere() };
  expect(Reflect.ownKeys(declaration)).toEqual([]);
  const error = failure();
  expect(atDeclaration(error, declaration)).toBe(error);
  expect(error.stack).toBe("Error: two\nlines\n    at link (/framework.ts:1:1)");
});

test("the stack of an error about a declaration begins with its place, also of a copy", () => {
  Object.assign(globalThis, { [asked]: true });
  const declaration = { path: "/items", ...declaredHere() };
  const error = failure();
  expect(atDeclaration(error, { ...declaration, path: "/api/items" })).toBe(error);
  expect(error.stack).toMatch(
    /^Error: two\nlines\n {4}at declaredHere [^]*declared-at\.test\.ts:[^]*\n {4}at link \(\/framework\.ts:1:1\)$/,
  );
  expect(atDeclaration("text", declaration)).toBe("text");
});
