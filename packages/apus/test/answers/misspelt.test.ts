/** What would silently lose a header, a cookie's protection or a status in JavaScript, where no type checker says so. */
import { App, get, HTTPException, json, response } from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";

/** As a program without types would say it. */
const untyped = (value: unknown): never => value as never;

test.each<[string, () => unknown, string]>([
  [
    "headers of an error without `headers`",
    () => new HTTPException(401, "x", untyped({ "WWW-Authenticate": "Bearer" })),
    "APUS_OPTIONS: HTTPException: there is no option `WWW-Authenticate`.",
  ],
  [
    "FastAPI's name of the status",
    () => json(1, untyped({ status_code: 201 })),
    "APUS_OPTIONS: a reply: there is no option `status_code`; did you mean `status`?",
  ],
  ["a list of headers", () => json(1, { headers: untyped([["a", "b"]]) }), "APUS_HEADER: `headers` is a record"],
  [
    "the web's Headers",
    () => json(1, { headers: untyped(new Headers({ a: "b" })) }),
    "APUS_HEADER: `headers` is a record",
  ],
])("%s", (_, make, message) => expect(make).toThrow(message));

test.each([
  [
    ["a", "b", { httponly: true }],
    'APUS_OPTIONS: the cookie "a": there is no option `httponly`; did you mean `httpOnly`?',
  ],
  [["a"], 'APUS_COOKIE: the value of the cookie "a" is undefined; give a text.'],
] as const)("a cookie of %j is a reported failure", async (given, message) => {
  const set = get("/", { input: { response } }, ({ response: { cookies } }) => {
    cookies.set(...(given as unknown as [string, string]));
  });
  await expect(testClient(new App().include({ set })).get("/")).rejects.toThrow(message);
});
