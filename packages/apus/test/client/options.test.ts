// What a client and its calls can be told: where, who, how long, and what is refused before anything is sent.
import { App, get, header, html, httpError, post, request, router, text } from "apus";
import { createClient, TimeoutError, UnexpectedAnswer, type ClientOptions } from "apus/client";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { gate } from "../scenario.ts";

const NotFound = httpError(404, "Item not found");
const api = router({
  read: get("/", { input: { request } }, ({ request }) => Object.fromEntries(request.headers)),
  tenant: get("/tenant", { input: { x_tenant: header(z.string()) } }, (given) => given),
  big: post("/big", { input: { n: z.object({ n: z.bigint() }) }, errors: [NotFound] }, ({ n }) => n),
  page: get("/page", { as: html }, () => "<p>"),
  any: get("/{file:path}", { input: { file: z.string() }, as: text }, ({ file }) => file),
});
const app = new App({ report: () => {} }).include(api);

type Options = Omit<ClientOptions, "baseUrl">;
const make = (options: Options = {}) =>
  createClient<typeof api>({ baseUrl: "http://testserver", fetch: (request) => app.fetch(request), ...options });
const sent = async (options: Options, init: RequestInit = {}) => {
  const answer = await make(options).get("/", { init });
  return answer.value as Record<string, string>;
};

// ------------------------------------------------------------------------------------------------ who
test.each([
  ["a token", "t0ken", "Bearer t0ken"],
  ["a function", () => "t0ken", "Bearer t0ken"],
  ["an async function", () => Promise.resolve("t0ken"), "Bearer t0ken"],
  ["user name and password", { username: "ada", password: "s:e" }, "Basic YWRhOnM6ZQ=="],
  ["beyond ASCII, in UTF-8", { username: "ü", password: "☃" }, "Basic w7w64piD"],
  ["nothing", undefined, undefined],
  ["a function that has nothing", () => null, undefined],
])("auth: %s", async (_, auth, expected) => {
  expect((await sent({ auth }))["authorization"]).toBe(expected);
});

test.each([
  ["an empty token", ""],
  ["a token with its scheme", "Bearer t0ken"],
  ["a token of two lines", "a\nb"],
  ["a user name with a colon", { username: "a:b", password: "" }],
  ["a user name that is none", { username: undefined, password: "" }],
  ["a password that is none", () => ({ username: "ada" })],
  ["an object of nothing", Object.create(null)],
  ["a number", 5],
])("auth refuses %s", async (_, auth: unknown) => {
  await expect(sent({ auth: auth as string })).rejects.toThrow(/^APUS_CLIENT_AUTH/);
});

test("auth is asked before each request, and only where nobody has said who it is", async () => {
  const auth = vi.fn<(request: Request) => string>((request) => new URL(request.url).pathname.length.toFixed());
  const client = make({ auth });
  await client.get("/");
  await client.get("/page");
  expect(auth.mock.results.map(({ value }) => value as string)).toEqual(["1", "5"]);
  expect((await sent({ auth }, { headers: { authorization: "Own x" } }))["authorization"]).toBe("Own x");
  expect((await sent({ auth, headers: { Authorization: "Own x" } }))["authorization"]).toBe("Own x");
  expect(auth).toHaveBeenCalledTimes(2);
});

test("what auth or headers throw is thrown as it is, and nothing is sent", async () => {
  const failure = new TypeError("no session");
  const fetch = vi.fn<typeof app.fetch>((request) => app.fetch(request));
  const fail = (): never => {
    throw failure;
  };
  await expect(sent({ auth: fail, fetch })).rejects.toBe(failure);
  await expect(sent({ headers: fail, fetch })).rejects.toBe(failure);
  expect(fetch).not.toHaveBeenCalled();
});

test("headers: a record or a function; the call's before the client's", async () => {
  expect((await sent({ headers: { "X-A": "1", "x-b": undefined } }))["x-a"]).toBe("1");
  let count = 0;
  const headers = async () => ({ "x-a": String(++count) });
  const client = make({ headers });
  const values = [await client.get("/"), await client.get("/")].map(
    ({ value }) => (value as Record<string, string>)["x-a"],
  );
  expect(values).toEqual(["1", "2"]);
  expect((await sent({ headers }, { headers: { "x-a": "call" } }))["x-a"]).toBe("call");
  const tenant = await make({ headers: { "X-Tenant": "client" } }).get("/tenant", { headers: { "x-tenant": "call" } });
  expect(tenant).toMatchObject({ value: { x_tenant: "call" } });
  await expect(sent({ headers: { "x-a": "☃" } })).rejects.toThrow(/^APUS_CLIENT_HEADER: GET \/: the header "x-a"/);
});

// ------------------------------------------------------------------------------------------------ where
test.each(["http://h", "http://h/", "https://h:8443/api", "https://h/api/", "http://[::1]:8000"])(
  "base URL %s",
  async (baseUrl) => {
    const fetch = ({ url }: Request) => Response.json(url);
    const answer = await createClient<typeof api>({ baseUrl, fetch }).get("/{file:path}", {
      path: { file: "/evil.example" },
    });
    expect(answer).toMatchObject({ value: `${baseUrl.replace(/\/$/, "")}//evil.example` });
  },
);

test.each([
  undefined,
  "api",
  "localhost:8000",
  "ftp://h",
  "http://",
  "http://u:p@h",
  "http://h?a",
  "http://h#a",
  "data:,x",
  // A page would take them for other hosts, which then got the token.
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/\n\\evil.example",
])("no base URL: %j", (baseUrl) => {
  const secret = /u:p/;
  const call = () => createClient({ baseUrl: baseUrl as string });
  expect(call).toThrow(/^APUS_CLIENT_OPTIONS: createClient: `baseUrl`/);
  expect(call).not.toThrow(secret);
});

test("a path is a base URL in pages alone, but does not keep a module from loading", async () => {
  const client = createClient<typeof api>({ baseUrl: "/api" });
  await expect(client.get("/")).rejects.toThrow(/^APUS_CLIENT_OPTIONS: createClient: `baseUrl`/);
});

// ------------------------------------------------------------------------------------------------ how
test("a misspelt option is refused, with the ones that there are", async () => {
  expect(() => createClient({ baseUrl: "http://h", headres: {} } as ClientOptions)).toThrow(
    "APUS_CLIENT_OPTIONS: createClient: there is no option `headres`; there are baseUrl, auth, headers, timeout, credentials, fetch.",
  );
  const call = make().get("/", { params: { id: 1 } } as object);
  await expect(call).rejects.toThrow(
    /^APUS_CLIENT_OPTIONS: GET \/: there is no option `params`; there are path, query/,
  );
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])("a time-out of %s is none", async (timeout) => {
  expect(() => make({ timeout })).toThrow(/^APUS_CLIENT_OPTIONS.*`timeout`/);
  await expect(make().get("/", { timeout })).rejects.toThrow(/^APUS_CLIENT_OPTIONS.*`timeout`/);
});

const never = () => new Promise<never>(() => {});
const body = (start: (controller: ReadableStreamDefaultController<Uint8Array>) => void) => () =>
  new Response(new ReadableStream({ start }), { headers: { "content-type": "application/json" } });

test.each([
  ["a fetch that does not heed the signal", { fetch: never }],
  ["a token", { auth: never }],
  ["a body that does not end", { fetch: body((controller) => controller.enqueue(new Uint8Array([123]))) }],
])("the time-out and the signal end waiting for %s", async (_, options) => {
  const late = await make({ ...options, timeout: 1 })
    .get("/")
    .catch((error: unknown) => error);
  expect(late).toBeInstanceOf(TimeoutError);
  expect(late).toMatchObject({ name: "TimeoutError", message: "GET / took longer than 1 ms." });
  // A call's own time-out goes before the client's; without one, the signal is all that ends it.
  const controller = new AbortController();
  const call = make({ ...options, timeout: 1 }).get("/", { timeout: null, signal: controller.signal });
  const reason = new RangeError("enough");
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
});

test("what is given too late is not sent", async () => {
  const fetch = vi.fn<typeof app.fetch>((request) => app.fetch(request));
  const asked = gate();
  const given = gate();
  const auth = async (): Promise<string> => {
    asked.open();
    await given.opened;
    return "t0ken";
  };
  const controller = new AbortController();
  const call = make({ auth, fetch }).get("/", { signal: controller.signal });
  await asked.opened;
  controller.abort(new RangeError("enough"));
  await expect(call).rejects.toThrow(RangeError);
  given.open();
  await new Promise((resolve) => setImmediate(resolve));
  expect(fetch).not.toHaveBeenCalled();
});

test("the request's own signal is aborted at the time-out", async () => {
  let seen: AbortSignal | undefined;
  const fetch = ({ signal }: Request) => {
    seen = signal;
    return never();
  };
  await expect(make({ fetch, timeout: 1 }).get("/")).rejects.toThrow(TimeoutError);
  expect(seen!.aborted).toBe(true);
});

test("an aborted signal keeps a call from being sent, and a signal of many calls keeps nothing of them", async () => {
  const fetch = vi.fn<typeof app.fetch>((request) => app.fetch(request));
  await expect(make({ fetch }).get("/", { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
  expect(fetch).not.toHaveBeenCalled();
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, "addEventListener");
  const removed = vi.spyOn(signal, "removeEventListener");
  await make().get("/", { signal });
  await make({ timeout: null }).get("/", { signal });
  expect(added).toHaveBeenCalledTimes(2);
  expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(added.mock.calls.map(([, listener]) => listener));
});

test("no timer is left behind, so that no program waits for one", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const thrown = (options: Options) =>
    make({ ...options, fetch: never })
      .get("/")
      .catch((error: unknown) => error);
  const waiting = thrown({ timeout: 50 });
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(50);
  expect(await waiting).toBeInstanceOf(TimeoutError);
  await make({ fetch: () => Response.json(1) }).get("/");
  expect(vi.getTimerCount()).toBe(0);
  // By default longer than a server takes at most to answer 503: 30 s for the body and 60 s for the rest.
  const byDefault = thrown({});
  vi.advanceTimersByTime(90_000);
  expect(await byDefault).toMatchObject({ message: "GET / took longer than 90000 ms." });
});

test("a body where the platform allows none is refused with the name of the call", async () => {
  const call = make().get("/", { body: 1 } as object);
  await expect(call).rejects.toThrow(/^APUS_CLIENT_REQUEST: GET \/: /);
});

test("credentials reach the request, and a call's `init` goes before them", async () => {
  const fetch = ({ credentials, cache }: Request) => Response.json([credentials, cache]);
  const client = make({ fetch, credentials: "include" });
  expect((await client.get("/")).value).toEqual(["include", "default"]);
  expect((await client.get("/", { init: { credentials: "omit", cache: "no-store" } })).value).toEqual([
    "omit",
    "no-store",
  ]);
});

// ------------------------------------------------------------------------------------------------ what is answered
const answering = (status: number, text: string, type = "application/json") =>
  make({ fetch: () => new Response(status === 304 ? null : text, { status, headers: { "content-type": type } }) });

test.each([
  [404, '{"detail":"x"}', "application/json", "value"],
  [404, '{"detail":null,"more":1}', "Application/JSON; charset=utf-8", "value"],
  [404, '{"title":"x","status":404}', "application/problem+json", "value"],
  [404, '{"title":"x","status":400}', "application/problem+json", "thrown"],
  [404, '{"error":"x"}', "application/json", "thrown"],
  [404, '["detail"]', "application/json", "thrown"],
  [404, '"detail"', "application/json", "thrown"],
  [404, "null", "application/json", "thrown"],
  [404, "", "application/json", "thrown"],
  [404, '{"detail":"x"}', "text/html", "thrown"],
  [404, '{"detail":"x"}', "application/json-seq", "thrown"],
  [500, '{"detail":"x"}', "application/json", "thrown"],
  [304, "", "application/json", "thrown"],
  [302, '{"detail":"x"}', "application/json", "thrown"],
] as const)("an error %i %s (%s) is %s", async (status, text, type, comesTo) => {
  const call = answering(status, text, type).post("/big", { body: { n: 1n } });
  if (comesTo === "value") expect(await call).toMatchObject({ ok: false, status, body: JSON.parse(text) as object });
  else {
    const error = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnexpectedAnswer);
    expect(error).toMatchObject({ status, text, response: { status } });
    expect((error as Error).message).toBe(`POST /big answered ${status}, which this call does not expect: ${text}`);
  }
});

test.each([
  ["json", "application/json", "1", 1],
  ["nothing, though of a type", "application/json", "", null],
  ["a text of nothing", "text/csv", "", ""],
  ["text", "text/csv", "1", "1"],
])("a value that is %s", async (_, type, sent, value) => {
  expect((await answering(200, sent, type).get("/")).value).toBe(value);
});

test("an answer that is not shown in full in the message is in `text`", async () => {
  const long = "x".repeat(1000);
  const error = await answering(502, long, "text/html")
    .get("/")
    .catch((thrown: unknown) => thrown as UnexpectedAnswer);
  expect(error).toMatchObject({ text: long });
  expect((error as Error).message.length).toBeLessThan(300);
});
