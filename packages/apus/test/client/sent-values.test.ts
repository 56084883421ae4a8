// Values at the edge of what can be sent: they are sent as they are meant, or refused by name, before anything is sent.
import { App, body, get, header, post, router } from "apus";
import { createClient, TimeoutError } from "apus/client";
import { expect, test, vi } from "vitest";
import { z } from "zod";

const any = z.unknown();
const api = router({
  plain: get("/plain", () => 1),
  path: get("/path/{part}", { input: { part: any } }, (given) => given),
  deep: get("/deep/{part:path}", { input: { part: any } }, (given) => given),
  query: get("/query", { input: { q: any, x_token: header(any) } }, (given) => given),
  body: post("/body", { input: { given: body(any) } }, ({ given }) => given),
});
const app = new App({ report: () => {} }).include(api);
const fetch = vi.fn<typeof app.fetch>((request) => app.fetch(request));
const client = createClient<typeof api>({ baseUrl: "http://testserver", fetch });
const unprintable = {
  toString: () => {
    throw new RangeError("no text");
  },
};

test.each([
  ["half a character", "a\ud800"],
  ["its other half", "\udc00b"],
  ["an object without a prototype", Object.create(null)],
  ["an object", {}],
  ["an object that cannot say its text", unprintable],
  ["a date that is none", new Date(Number.NaN)],
])("%s is refused in a path, a query and a header", async (_, value: unknown) => {
  fetch.mockClear();
  for (const call of [
    client.get("/path/{part}", { path: { part: value } }),
    client.get("/deep/{part:path}", { path: { part: value } }),
    client.get("/query", { query: { q: value }, headers: { "x-token": "t" } }),
    client.get("/query", { query: { q: "q" }, headers: { "x-token": value } }),
  ]) {
    await expect(call).rejects.toThrow(/^APUS_CLIENT_VALUE: GET \/[^ ]+: "(?:part|q|x-token)"/);
  }
  expect(fetch).not.toHaveBeenCalled();
});

test("a whole character outside the first plane is sent", async () => {
  expect(await client.get("/path/{part}", { path: { part: "\u{1f426}" } })).toMatchObject({
    value: { part: "\u{1f426}" },
  });
});

test.each([
  [Object("s"), "s"],
  [Object(1), 1],
  [Object(false), false],
  [Object(2n), 2],
  [{ a: [Object("s"), Object(0)] }, { a: ["s", 0] }],
  [Object.assign(Object.create(null) as object, { a: 1 }), { a: 1 }],
])("%# boxed values are the values in JSON", async (value: unknown, expected) => {
  expect(await client.post("/body", { body: value })).toMatchObject({ ok: true, value: expected });
});

test.each(["method", "body", "signal"])("`init` takes no %s, which would replace the call's own", async (name) => {
  fetch.mockClear();
  const given = { [name]: name === "signal" ? new AbortController().signal : "PUT" };
  await expect(client.get("/plain", { init: given })).rejects.toThrow(
    `APUS_CLIENT_OPTIONS: GET /plain: \`init\` takes no \`${name}\``,
  );
  expect(fetch).not.toHaveBeenCalled();
});

test("undefined for the signal in `init` does not take the time-out away", async () => {
  let seen: AbortSignal | undefined;
  const hanging = ({ signal }: Request): Promise<never> => {
    seen = signal;
    return new Promise(() => {});
  };
  const late = createClient<typeof api>({ baseUrl: "http://testserver", fetch: hanging, timeout: 1 });
  await expect(late.get("/plain", { init: { signal: undefined } as object })).rejects.toThrow(TimeoutError);
  expect(seen!.aborted).toBe(true);
});
