/** Which handler an error has. */
import { expect, it } from "vitest";
import { z } from "zod";
import { text } from "../response/index.ts";
import { HTTPException } from "./http-exception.ts";
import { handlerFor, isErrorHandler, lastResort, onError, type ErrorHandler } from "./on-error.ts";

const named = (match: unknown, name: string): ErrorHandler =>
  onError(
    match as typeof Error,
    Object.defineProperty(() => text(""), "name", { value: name }),
  );
const found = (error: unknown, ...layers: (readonly [unknown, string])[][]): string | undefined =>
  handlerFor(
    error,
    layers.map((layer) => layer.map(([match, name]) => named(match, name))),
  )?.name;

/** A class as they were written before there were classes: its prototype does not know it. */
function OldError(this: { message: string }, message: string): void {
  this.message = message;
}
OldError.prototype = Object.create(Error.prototype);
class OldSwift extends (OldError as unknown as new (message: string) => Error) {}

it.each<[string, unknown, string | undefined]>([
  ["a class without a constructor in its prototype", new (OldError as unknown as new () => Error)(), "old"],
  ["one that extends such a class", new OldSwift("x"), "old"],
  ["an error of another class", new TypeError("x"), undefined],
  ["what has no prototype", Object.create(null), undefined],
  ["null", null, undefined],
  ["a text", "x", undefined],
  ["an error whose status is no HTTPException's", Object.assign(new Error("x"), { status: 404 }), undefined],
])("%s", (_, error, name) => {
  expect(found(error, [[OldError, "old"], [404, "404"]])).toBe(name); // prettier-ignore
});

it("an inner layer is asked before an outer one, whatever each says", () => {
  const error = new HTTPException(404);
  expect(found(error, [[HTTPException, "inner"]], [[404, "outer"]])).toBe("inner");
  expect(found(error, [[403, "inner"]], [[404, "outer"]])).toBe("outer");
});

it("the last resort is the innermost Error or 500", () => {
  const layers = [[named(TypeError, "type")], [named(500, "500"), named(Error, "error")], [named(500, "outer")]];
  expect(lastResort(layers)?.name).toBe("error");
  expect(lastResort([[named(TypeError, "type")]])).toBeUndefined();
});

it("knows a handler from other things", () => {
  expect([named(404, "x"), {}, null, () => {}].map(isErrorHandler)).toEqual([true, false, false, false]);
});

it("a class that says itself what is its own has the errors that it says", () => {
  const thrown = z.object({ name: z.string() }).safeParse({}).error;
  const parsed = (): unknown => {
    try {
      return z.string().parse(5);
    } catch (error) {
      return error;
    }
  };
  expect(found(thrown, [[z.ZodError, "zod"]])).toBe("zod");
  expect(found(parsed(), [[TypeError, "type"], [z.ZodError, "zod"]])).toBe("zod"); // prettier-ignore
  expect(found(new TypeError("x"), [[z.ZodError, "zod"]])).toBeUndefined();
});
