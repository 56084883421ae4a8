/** A request as everybody sees it: addresses, headers, cookies, and the same request changed. */
import { describe, expect, it } from "vitest";
import { BodyTooLargeError, InterruptedError } from "./errors.ts";
import { Exchange, type Site } from "./exchange.ts";
import type { Incoming } from "./incoming.ts";
import type { HttpRequest } from "./request.ts";
import { WebIncoming } from "./web.ts";

const site: Site = {
  rootPath: "/api",
  forwarded: () => ({ scheme: "https", client: { host: "192.0.2.1", port: 1 } }),
  pathFor: (name, params) => `/${name}/${String(params["id"])}`,
};

/** As an adapter with raw targets and repeated header lines gives it. */
class RawIncoming extends WebIncoming {
  override readonly target: string;
  readonly #lines: readonly (readonly [string, string])[];
  reads = 0;

  constructor(target: string, lines: readonly (readonly [string, string])[] = [], body = "") {
    super(new Request("http://testserver/", { method: "POST", body }));
    this.target = target;
    this.#lines = lines;
  }
  override header(name: string): string | undefined {
    return this.headerLines(name)[0];
  }
  override headerLines(name: string): readonly string[] {
    return this.#lines.filter(([each]) => each === name).map(([, value]) => value);
  }
  override headers(): readonly string[] {
    return this.#lines.flat();
  }
  override read(limit: number): Promise<Uint8Array> {
    this.reads++;
    return super.read(limit);
  }
}

const requestOf = (incoming: Incoming, at?: Site): HttpRequest => {
  const exchange = new Exchange(incoming);
  exchange.site = at;
  return exchange.request;
};

describe("addresses", () => {
  it.each<[target: string, host: string | undefined, href: string]>([
    ["/a?b=1", "example.com", "http://example.com/a?b=1"],
    ["/a", "example.com:8080", "http://example.com:8080/a"],
    ["/a", "[::1]:80", "http://[::1]/a"],
    ["/a", undefined, "http://localhost/a"],
    ["/a", "", "http://localhost/a"],
    ["/a", "evil.example/b?", "http://localhost/a"],
    ["/a", "user@evil.example", "http://localhost/a"],
    ["/a", "a b", "http://localhost/a"],
    ["/a", "a:99999", "http://localhost/a"],
    ["/a%20%C3%BC%3F%23", "h", "http://h/a%20%C3%BC%3F%23"],
    ["//evil.example/a", "h", "http://h//evil.example/a"],
    ["http://evil.example/a", "h", "http://h/a"],
    ["/%ff", "h", "http://h/"],
  ])("%s of the host %s is %s", (target, host, href) => {
    const lines = host === undefined ? [] : [["host", host] as const];
    expect(requestOf(new RawIncoming(target, lines)).url.href).toBe(href);
  });

  it("the root path stands in front, the trusted proxies decide on scheme and client", () => {
    const request = requestOf(new RawIncoming("/api/a?x=1", [["host", "h"]]), site);
    expect([request.url.href, request.path, request.rawTarget]).toEqual(["https://h/api/a?x=1", "/a", "/api/a?x=1"]);
    expect([request.rootPath, request.scheme, request.client?.host]).toEqual(["/api", "https", "192.0.2.1"]);
    expect(request.urlFor("readItem", { id: 5 }).href).toBe("https://h/api/readItem/5");
  });

  it("urlFor needs an App", () => {
    expect(() => requestOf(new RawIncoming("/")).urlFor("x")).toThrow(TypeError);
  });
});

describe("what it carries", () => {
  const lines = [
    ["x-tag", "a"],
    ["cookie", "a=1; b=2"],
    ["x-tag", "b"],
    ["cookie", "a=3; __proto__=x"],
  ] as const;

  it("headers by any case of their name, repeated ones apart or joined", () => {
    const { headers } = requestOf(new RawIncoming("/", lines));
    expect([headers.get("X-Tag"), headers.getAll("x-TAG"), headers.get("x-none")]).toEqual(["a, b", ["a", "b"], null]);
    expect([headers.get("cookie"), headers.has("Cookie"), headers.has("a")]).toEqual([
      "a=1; b=2; a=3; __proto__=x",
      true,
      false,
    ]);
    expect([...headers]).toEqual(lines);
  });

  it("cookies, path parameters and state without a prototype", () => {
    const request = requestOf(new RawIncoming("/", lines));
    expect({ ...request.cookies }).toMatchObject({ a: "3", b: "2" });
    for (const record of [request.cookies, request.pathParams, request.state]) {
      expect(Object.getPrototypeOf(record)).toBeNull();
      expect(record["constructor"]).toBeUndefined();
    }
  });

  it("a body in three forms, read once", async () => {
    const incoming = new RawIncoming("/", [], '{"a":"é"}');
    const request = requestOf(incoming);
    expect([await request.json(), await request.text(), (await request.bytes()).byteLength]).toEqual([
      { a: "é" },
      '{"a":"é"}',
      10,
    ]);
    expect(incoming.reads).toBe(1);
  });
});

describe("a changed request", () => {
  const text = async (request: HttpRequest): Promise<string> => request.text();

  it("has the new headers and what is left of the old", () => {
    const incoming = new RawIncoming("/a", [
      ["x-keep", "1"],
      ["x-gone", "1"],
      ["x-new", "old"],
      ["transfer-encoding", "chunked"],
    ]);
    const request = requestOf(incoming);
    const changed = request.with({ headers: { "X-New": "2", "x-gone": null }, body: new Uint8Array(3) });
    expect([...changed.headers]).toEqual([
      ["x-keep", "1"],
      ["x-new", "2"],
      ["content-length", "3"],
    ]);
    expect(request.headers.get("x-gone")).toBe("1");
    expect([changed.method, changed.path, changed.id]).toEqual(["POST", "/a", request.id]);
  });

  it("has the new body under the same limit, and the old one where none is given", async () => {
    const incoming = new RawIncoming("/", [], "original");
    const exchange = new Exchange(incoming);
    exchange.bodyLimit = 9;
    const { request } = exchange;
    const same = request.with({ headers: { "x-a": "1" } });
    const other = request.with({ body: new TextEncoder().encode("other") });
    expect([await text(same), await text(request), await text(other), incoming.reads]).toEqual([
      "original",
      "original",
      "other",
      1,
    ]);
    const large = request.with({ body: new Uint8Array(10) });
    await expect(large.bytes()).rejects.toThrow(BodyTooLargeError);
  });

  it("is changed again, and its first change stays", async () => {
    const once = requestOf(new RawIncoming("/", [], "x")).with({ body: new Uint8Array([65]), headers: { a: "1" } });
    const twice = once.with({ headers: { b: "2" } });
    expect([await text(twice), twice.headers.get("a"), twice.headers.get("b")]).toEqual(["A", "1", "2"]);
  });

  it("shares what belongs to the request as a whole, in both directions", async () => {
    const exchange = new Exchange(new RawIncoming("/"));
    const { request } = exchange;
    const changed = request.with({ headers: { a: "1" } });
    changed.state["a"] = 1;
    expect([request.state["a"], changed.signal === request.signal]).toEqual([1, true]);
    const heard: string[] = [];
    request.beforeBody(() => heard.push("original"));
    changed.beforeBody(() => heard.push("changed"));
    const inner = (changed as unknown as { exchange: Exchange }).exchange;
    await inner.course.announceBody();
    expect(heard).toEqual(["original", "changed"]);
    inner.course.interrupt(new InterruptedError("late"));
    expect([exchange.course.interrupted?.message, request.signal.aborted]).toEqual(["late", true]);
    inner.course.failure = "x";
    expect(exchange.course.failure).toBe("x");
  });

  it.each<[string, Parameters<HttpRequest["with"]>[0]]>([
    ["APUS_HEADER", { headers: { "a b": "1" } }],
    ["APUS_HEADER", { headers: { a: "1\r\nb: 2" } }],
    ["APUS_MIDDLEWARE", { body: "text" as never }],
  ])("%s for %j", (code, change) => expect(() => requestOf(new RawIncoming("/")).with(change)).toThrow(code));

  it("a body that one reader took is too large for a stricter one", async () => {
    const exchange = new Exchange(new RawIncoming("/", [], "12345"));
    expect((await exchange.body(5)).byteLength).toBe(5);
    await expect(exchange.body(4)).rejects.toThrow(BodyTooLargeError);
    expect((await exchange.body(10)).byteLength).toBe(5);
  });

  it.each(["before", "while"])(
    "a body that somebody waits for is given up when the request is interrupted %s",
    async (when) => {
      const incoming = new RawIncoming("/");
      incoming.read = () => new Promise(() => {});
      const exchange = new Exchange(incoming);
      const interrupted = new InterruptedError("The server is closing");
      if (when === "before") exchange.course.interrupt(interrupted);
      const body = exchange.body(5);
      if (when === "while") exchange.course.interrupt(interrupted);
      await expect(body).rejects.toBe(interrupted);
    },
  );
});
