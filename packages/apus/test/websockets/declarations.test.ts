// Sockets that cannot be: found when they are declared, or when the app starts.
import { App, ApusError, body, depends, form, request, rooms, router, socket } from "apus";
import { testClient } from "apus/testing";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const nothing = (): void => {};

describe("a declaration is refused", () => {
  const declare = socket as unknown as (...args: unknown[]) => unknown;
  test.each<[string, unknown[], string]>([
    ["without a handler", ["/ws", {}], "APUS_HANDLER: socket /ws: the last argument is the handler"],
    ["without anything", ["/ws"], "APUS_HANDLER"],
    ["without a path", [nothing], "APUS_PATH"],
    ["with a schema for options", ["/ws", z.object({}), nothing], "APUS_OPTIONS"],
    ["with an option of operations", ["/ws", { output: z.int() }, nothing], "there is no option `output`"],
    ["with FastAPI's spelling", ["/ws", { max_message_size: 1 }, nothing], "did you mean `maxMessageSize`?"],
  ])("%s", (_, args, message) => {
    expect(() => declare(...args)).toThrow(ApusError);
    expect(() => declare(...args)).toThrow(message);
  });
});

describe("an app does not start with", () => {
  const uses = depends({ request }, () => 1, { name: "uses" });
  test.each<[string, object, string]>([
    [
      "a body",
      { input: { item: z.object({ a: z.int() }) } },
      'APUS_SOCKET_INPUT: WEBSOCKET /ws (ws): "item" would be read from a body',
    ],
    ["a marked body", { input: { item: body(z.int()) } }, "APUS_SOCKET_INPUT"],
    ["a form", { input: { item: form(z.string()) } }, "APUS_SOCKET_INPUT"],
    ["a body of a dependency", { input: { d: depends({ item: body(z.int()) }) } }, "APUS_SOCKET_INPUT"],
    ["the request", { input: { request } }, 'APUS_SOCKET_INPUT: WEBSOCKET /ws (ws): "request" is the `request`'],
    ["the request of a dependency", { input: { uses } }, "take `connection`"],
    ["what is no schema", { receive: {} }, "APUS_SCHEMA: WEBSOCKET /ws: `receive` has to be a schema"],
    ["a schema with a hole", { send: z.object({ a: undefined as unknown as z.ZodString }) }, "APUS_SCHEMA"],
    [
      "a subprotocol that is none",
      { subprotocols: ["a b"] },
      'APUS_SUBPROTOCOL: WEBSOCKET /ws: `subprotocols` is ["a b"]',
    ],
    ["subprotocols that are no list", { subprotocols: "v1" }, "APUS_SUBPROTOCOL"],
    ["a guard that is none", { dependencies: [nothing] }, "APUS_GUARD"],
    ["a time-out that is none", { timeout: 0 }, "APUS_LIMIT"],
  ])("%s", async (_, options, message) => {
    const app = new App().include({ ws: socket("/ws", options as never, nothing) });
    const error: unknown = await app.startup().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApusError);
    expect(String(error)).toContain(message);
  });

  test("path parameters that are not declared, or that the path has not", async () => {
    const undeclared = new App().include({ ws: socket("/{a}" as "/", nothing) });
    await expect(undeclared.startup()).rejects.toThrow(
      'APUS_PATH: WEBSOCKET /{a} (ws): the path parameter "a" is not declared',
    );
  });

  async function* generator(): AsyncGenerator<number> {
    yield await Promise.resolve(1);
  }
  test.each([
    ["a generator for a handler", socket("/ws", {}, generator)],
    ["a generator that gets the socket alone", socket("/ws", generator)],
    [
      "a generator that is not asynchronous",
      socket("/ws", function* () {
        yield 1;
      }),
    ],
  ])("%s", async (_, ws) => {
    await expect(new App().include({ ws }).startup()).rejects.toThrow(
      "APUS_GENERATOR: WEBSOCKET /ws: a generator would never run",
    );
  });

  test("a generator that only what a handler returns tells of is a mistake when it is called", async () => {
    const client = testClient(new App().include({ ws: socket("/ws", () => generator()) }));
    await expect(client.websocket("/ws")).rejects.toThrow("APUS_GENERATOR: WEBSOCKET /ws (ws) returned a generator");
  });
});

describe("an app", () => {
  test("warns of a socket that is never reached", async () => {
    const app = new App().include(
      router({ first: socket("/{a}", { input: { a: z.string() } }, nothing), second: socket("/b", nothing) }),
    );
    expect(await app.startup()).toEqual([
      expect.stringContaining("APUS_SHADOWED: WEBSOCKET /b (second) is never reached: WEBSOCKET /{a} (first)"),
    ]);
  });

  test("may have an operation and a socket at one path, and no more than one of a name", async () => {
    const app = new App().include({ ws: socket("/a", nothing) });
    app.get("/a", () => 1);
    expect(await app.startup()).toEqual([]);
    const twins = new App().include({ x: { ws: socket("/a", { name: "x" }, nothing) } }).include({
      x: { ws: socket("/b", { name: "x" }, nothing) },
    });
    await expect(twins.startup()).rejects.toThrow("APUS_OPERATION_ID");
  });

  test("opens with it what its sockets need, and names them in addresses", async () => {
    const lines: string[] = [];
    const opened = depends(() => void lines.push("opened"), { scope: "app" });
    const app = new App().include({ chat: socket("/rooms/{room}", { input: { room: z.string(), opened } }, nothing) });
    app.get("/", { input: { request } }, (values) => values.request.urlFor("chat", { room: "a b" }).href);
    await app.startup();
    expect(lines).toEqual(["opened"]);
    expect(await (await app.fetch(new Request("http://a/"))).json()).toBe("http://a/rooms/a%20b");
    const page = await app.fetch(new Request("http://a/rooms/a"));
    expect(page.status).toBe(404);
  });

  test("has rooms of its own schema", () => {
    expect(() => rooms({} as z.ZodString)).toThrow("APUS_SCHEMA: rooms(schema)");
  });
});
