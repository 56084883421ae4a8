// What is a network failure and what is not: everything that the platform's fetch throws; of a fetch of one's own, that alone.
import { createServer } from "node:net";
import { App, depends, get, router } from "apus";
import { createClient, NetworkError, type ClientOptions } from "apus/client";
import { testClient } from "apus/testing";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";

const broken = new TypeError("Cannot read properties of undefined (reading 'foo')");
const api = router({
  fine: get("/fine", () => ({ fine: true })),
  broken: get("/broken", () => {
    throw broken;
  }),
});
type Fetch = NonNullable<ClientOptions["fetch"]>;
const baseUrl = "http://testserver";
const thrownBy = (fetch: Fetch | undefined, path: "/fine" | "/broken" = "/fine", url = baseUrl): Promise<unknown> =>
  createClient<typeof api>({ baseUrl: url, fetch })
    .get(path)
    .catch((error: unknown) => error);
const failing =
  (error: unknown): Fetch =>
  () => {
    throw error;
  };
const breakingOff =
  (error: unknown): Fetch =>
  () =>
    new Response(new ReadableStream({ pull: (controller) => controller.error(error) }));

// ------------------------------------------------------------------------------------------------ an app in process
test("what a handler throws reaches the test as it was thrown", async () => {
  const client = testClient(new App({ report: () => {} }).include(api));
  expect(await thrownBy(client.fetch, "/broken")).toBe(broken);
  await client.close();
});

test("a wrong declaration is no network failure", async () => {
  const app = new App({ report: () => {} }).include({ a: get("/fine", { output: z.nan() }, () => 1) });
  const error = await thrownBy(testClient(app).fetch);
  expect(error).not.toBeInstanceOf(NetworkError);
  expect(error).toMatchObject({ name: "ApusError", code: "APUS_OUTPUT_TYPE" });
});

test("nor is what fails while starting", async () => {
  const failure = new TypeError("no database");
  const database = depends(
    () => {
      throw failure;
    },
    { scope: "app" },
  );
  const app = new App({ report: () => {} }).include({
    a: get("/fine", { input: { database } }, () => 1),
  });
  expect(await thrownBy(testClient(app).fetch)).toBe(failure);
});

// ------------------------------------------------------------------------------------------------ what is recognized
const coded = (message: string, code: string): TypeError => Object.assign(new TypeError(message), { code });
class Own extends TypeError {
  override readonly name = "Own";
}

test.each([
  // As Node, Chromium, Firefox, WebKit and Bun say it.
  new TypeError("fetch failed", { cause: new Error("other side closed") }),
  new TypeError("terminated"),
  new TypeError("Failed to fetch"),
  new TypeError("Failed to fetch (api.example.com)"),
  new TypeError("network error"),
  new TypeError("NetworkError when attempting to fetch resource."),
  new TypeError("Error in input stream"),
  new TypeError("Load failed"),
  coded("ECONNRESET: The socket connection was closed unexpectedly.", "ECONNRESET"),
])("a fetch of one's own that fails as the platform's does: %s", async (cause) => {
  for (const fetch of [failing(cause), breakingOff(cause)]) {
    const error = await thrownBy(fetch);
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ message: `GET /fine got no answer, or not all of it: ${cause.message}`, cause });
  }
});

test.each([
  broken,
  new TypeError("x is not a function"),
  new TypeError("the cache: fetch failed"),
  new TypeError("Failed to fetch dynamically imported module: http://h/a.js"),
  new Own("fetch failed"),
  new RangeError("circuit is open"),
  new Error("fetch failed"),
  coded('The "path" argument must be of type string', "ERR_INVALID_ARG_TYPE"),
  Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" }),
  new NetworkError("of the wrapper"),
  "a string",
  undefined,
])("what a fetch of one's own throws besides is left alone: %s", async (error) => {
  expect(await thrownBy(failing(error))).toBe(error);
  expect(await thrownBy(breakingOff(error))).toBe(error);
});

// ------------------------------------------------------------------------------------------------ the platform's own
const wrapped: Fetch = (request) => fetch(request);

test.each([
  ["by default", undefined],
  ["named", globalThis.fetch],
  ["wrapped", wrapped],
])("the platform's fetch %s: refused, and broken off", async (_, fetch) => {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.end("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const off = await thrownBy(fetch, "/fine", `http://127.0.0.1:${port}`);
  await new Promise((resolve) => server.close(resolve));
  const refused = await thrownBy(fetch, "/fine", `http://127.0.0.1:${port}`);
  expect([off, refused]).toEqual([expect.any(NetworkError), expect.any(NetworkError)]);
  expect(String((off as Error).cause)).toBe("TypeError: terminated");
  expect(String((refused as Error).cause)).toBe("TypeError: fetch failed");
});

test("whatever words it has: nobody else can have thrown them", async () => {
  const cause = new Error("Network connection lost.");
  vi.stubGlobal("fetch", failing(cause));
  onTestFinished(() => void vi.unstubAllGlobals());
  expect(await thrownBy(undefined)).toMatchObject({ name: "NetworkError", cause });
});
