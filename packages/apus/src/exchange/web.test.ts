/** The fetch adapter: a Request as an incoming one, an answer as a Response. */
import { describe, expect, test } from "vitest";
import { BodyReadError, BodyTooLargeError } from "./errors.ts";
import { Exchange } from "./exchange.ts";
import { toResponse, WebIncoming } from "./web.ts";

const incoming = (init?: RequestInit, url = "https://host/a?b=1"): WebIncoming =>
  new WebIncoming(new Request(url, init));

describe("a request", () => {
  test("its parts", () => {
    const controller = new AbortController();
    const found = incoming({
      method: "POST",
      body: "x",
      headers: { "X-A": "1", cookie: "a=1" },
      signal: controller.signal,
    });
    expect(found).toMatchObject({ method: "POST", target: "/a?b=1", scheme: "https", client: null });
    expect([found.header("x-a"), found.header("x-b"), found.headerLines("x-a"), found.headerLines("x-b")]).toEqual([
      "1",
      undefined,
      ["1"],
      [],
    ]);
    expect(found.headers()).toContain("x-a");
    expect(found.signal.aborted).toBe(false);
    controller.abort();
    expect(found.signal.aborted).toBe(true);
    expect(incoming(undefined, "http://host").target).toBe("/");
    expect(incoming(undefined, "http://host?x=1")).toMatchObject({ target: "/?x=1", scheme: "http" });
  });

  test("its Host, which the URL says where the runtime keeps no such header", () => {
    const found = incoming(undefined, "http://example.com:8000/");
    expect([found.header("host"), found.headerLines("host")]).toEqual(["example.com:8000", ["example.com:8000"]]);
    expect(found.headers()).toEqual(["host", "example.com:8000"]);
    const kept = incoming({ headers: { host: "kept.example" } });
    expect([kept.header("host"), kept.headers()]).toEqual(["kept.example", ["host", "kept.example"]]);
  });

  const chunks = (...parts: string[]): ReadableStream<Uint8Array> =>
    new ReadableStream({
      start(controller) {
        for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
        controller.close();
      },
    });
  const streamed = (body: ReadableStream<Uint8Array>, headers = {}): WebIncoming =>
    incoming({ method: "POST", body, headers, duplex: "half" } as RequestInit);

  test("its body, up to the limit", async () => {
    const text = async (found: WebIncoming, limit: number): Promise<string> =>
      new TextDecoder().decode(await found.read(limit));
    expect(await text(incoming(), 0)).toBe("");
    expect(await text(incoming({ method: "POST", body: "abc" }), 3)).toBe("abc");
    expect(await text(streamed(chunks("ab", "", "cd")), 4)).toBe("abcd");
    await expect(streamed(chunks("ab", "cd")).read(3)).rejects.toThrow(BodyTooLargeError);
  });

  test("an announced body that is too large is not read, one that breaks is told as such", async () => {
    let pulled = false;
    const body = new ReadableStream<Uint8Array>({ pull: () => void (pulled = true) }, { highWaterMark: 0 });
    await expect(streamed(body, { "content-length": "10" }).read(9)).rejects.toThrow(BodyTooLargeError);
    expect(pulled).toBe(false);
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("gone")) });
    await expect(streamed(broken).read(9)).rejects.toThrow(BodyReadError);
  });
});

describe("an exchange parses each part once", () => {
  test("and asks the adapter once", async () => {
    const request = new Request("http://host/caf%C3%A9?a=1&a=2", {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json; x=y", cookie: "a=1; b=2" },
    });
    const exchange = new Exchange(new WebIncoming(request));
    expect(exchange.target).toEqual({ path: "/café", query: "a=1&a=2" });
    expect(exchange.query).toEqual(["a", "1", "a", "2"]);
    expect(exchange.query).toBe(exchange.query);
    expect(exchange.cookies).toEqual(["a", "1", "b", "2"]);
    expect(exchange.mediaType).toEqual({ essence: "application/json", json: true });
    expect(exchange.body(10)).toBe(exchange.body(10));
    expect(await exchange.body(10)).toHaveLength(2);
  });

  test("a refused target is null, and has no query", () => {
    const exchange = new Exchange(incoming(undefined, "http://host/a%2Fb?c=1"));
    expect([exchange.target, exchange.query, exchange.mediaType]).toEqual([null, [], null]);
  });
});

describe("an answer", () => {
  const answer = (status: number, body: string | Uint8Array | null): Parameters<typeof toResponse>[0] => ({
    status,
    headers: ["set-cookie", "a=1", "set-cookie", "b=2", "x-a", "é"],
    body,
  });

  test.each([
    [200, "é", false, "é", "2"],
    [200, "é", true, "", "2"],
    [200, null, false, "", "0"],
    [204, null, false, "", null],
    [304, null, false, "", null],
    [404, new Uint8Array([65]), false, "A", "1"],
  ])("%#", async (status, body, head, text, length) => {
    const response = toResponse(answer(status, body), head);
    expect(response.status).toBe(status);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(response.headers.get("content-length")).toBe(length);
    expect(await response.text()).toBe(text);
  });
});
