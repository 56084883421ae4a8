/** Errors that are answers, and classes of them. */
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { httpError, HTTPException } from "./http-exception.ts";
import { reasonPhrase } from "./reason.ts";
import { ResponseValidationError } from "./validation.ts";

describe("HTTPException", () => {
  test("says the reason phrase where it is given nothing", () => {
    expect(new HTTPException(422)).toMatchObject({
      status: 422,
      detail: "Unprocessable Entity",
      message: "Unprocessable Entity",
      headers: {},
    });
    expect(new HTTPException(413, null).detail).toBe("Request Entity Too Large");
    expect(new HTTPException(400, "").detail).toBe("");
    expect(new HTTPException(400, { a: 1 })).toMatchObject({ detail: { a: 1 }, message: "Bad Request" });
    expect(new HTTPException(599).detail).toBe("");
  });

  test.each([99, 600, 200.5, Number.NaN, "404" as unknown as number])("%s is no status", (status) => {
    expect(() => new HTTPException(status)).toThrow(/^APUS_STATUS: .*100 to 599/);
  });

  test("phrases are those of Python 3.11", () => {
    expect([200, 307, 416, 418, 429, 451, 511].map(reasonPhrase)).toEqual([
      "OK",
      "Temporary Redirect",
      "Requested Range Not Satisfiable",
      "I'm a Teapot",
      "Too Many Requests",
      "Unavailable For Legal Reasons",
      "Network Authentication Required",
    ]);
  });
});

describe("httpError", () => {
  const ItemNotFound = httpError(404, "Item not found");
  const Conflict = httpError(
    409,
    "Conflict",
    z.object({
      at: z.codec(z.string(), z.date(), { decode: (text) => new Date(text), encode: (date) => date.toISOString() }),
    }),
  );

  test("a class with a status and a title", () => {
    const error = new ItemNotFound();
    expect(error).toBeInstanceOf(HTTPException);
    expect(error).toBeInstanceOf(ItemNotFound);
    expect(error).toMatchObject({ status: 404, detail: "Item not found", name: "Itemnotfound" });
    expect(new ItemNotFound(undefined, { headers: { a: "b" } }).headers).toEqual({ a: "b" });
    expect(new (httpError(404, "Item not found"))()).not.toBeInstanceOf(ItemNotFound);
    expectTypeOf(ItemNotFound.status).toEqualTypeOf<404>();
  });

  test("a detail with a schema is checked, filtered and written by it", () => {
    const detail = { at: new Date(0), secret: 1 } as never;
    expect(new Conflict(detail).detail).toEqual({ at: "1970-01-01T00:00:00.000Z" });
    expect(() => new Conflict({ at: 5 } as never)).toThrow(/^APUS_ERROR_DETAIL: .*"Conflict".* detail\.at: /);
    expect(() => httpError(400, "x", {} as never)).toThrow(/^APUS_ERROR_SCHEMA/);
  });
});

test("a mismatch of an answer names the operation and every place, for the log", () => {
  const problems = [{ type: "output_mismatch", loc: ["items", 0], msg: "wrong", input: 1 }];
  expect(new ResponseValidationError("GET /a", problems).message).toBe(
    "APUS_OUTPUT_MISMATCH: GET /a returned a value that does not fit its output schema: response.items.0: wrong",
  );
});
