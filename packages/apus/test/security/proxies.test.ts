// What peers say of themselves: nobody is believed who is not listed, and what cannot be read is nobody.
import { App, connection } from "apus";
import { trustedHosts } from "apus/middleware";
import { describe, expect, onTestFinished, test } from "vitest";
import { scenarios } from "../scenario.ts";
import { serve } from "../serve.ts";
import { wire } from "../wire.ts";

scenarios("What peers say of themselves", (ask) => {
  const where = (trustedProxies: readonly string[] | number | undefined): App => {
    const app = new App({ trustedProxies });
    app.get("/", { input: { connection } }, ({ connection: { client, url, scheme, path } }) => {
      return [client?.host === "6.6.6.6", scheme, url.origin, path];
    });
    return app;
  };
  const forged = {
    host: "testserver",
    "x-forwarded-for": "6.6.6.6",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "evil.example",
    "x-forwarded-port": "666",
    "x-forwarded-prefix": "/evil",
    "x-forwarded-scheme": "https",
    "x-forwarded-ssl": "on",
    "x-forwarded-server": "evil.example",
    "x-original-url": "/evil",
    "x-rewrite-url": "/evil",
    "x-original-host": "evil.example",
    "x-host": "evil.example",
    "x-real-ip": "6.6.6.6",
    "x-client-ip": "6.6.6.6",
    "true-client-ip": "6.6.6.6",
    "cf-connecting-ip": "6.6.6.6",
    forwarded: "for=6.6.6.6;proto=https;host=evil.example",
    "front-end-https": "on",
  };

  test("row 32: nobody is believed by default, nor who is not listed", async () => {
    // Whoever the peer is to the adapter, it is none of these.
    for (const trusted of [undefined, [], 0, ["10.0.0.0/8"], ["2001:db8::/32", "192.0.2.1"]] as const) {
      const app = where(trusted);
      expect((await ask(app, "GET /", { headers: forged })).json()).toEqual([false, "http", "http://testserver", "/"]);
    }
  });
});

describe("proxies", () => {
  /** Asks a server over a connection of one's own, the peer being 127.0.0.1. */
  async function ask(trustedProxies: string[] | number, ...lines: string[]): Promise<unknown> {
    const app = new App({ trustedProxies });
    app.get("/", { input: { connection } }, ({ connection: { client, scheme, url } }) => [
      client?.host ?? null,
      scheme,
      url.host,
    ]);
    const server = await serve(app, { port: 0, signals: false });
    onTestFinished(() => server.close());
    const client = await wire(server);
    client.send("GET / HTTP/1.1", "Host: own.example", "Connection: close", ...lines, "", "");
    return JSON.parse((await client.closed).split("\r\n\r\n")[1]!) as unknown;
  }

  test.each<[string, string[] | number, string[], string | null]>([
    ["the nearest that is no proxy", ["loopback"], ["X-Forwarded-For: 6.6.6.6, 192.0.2.1"], "192.0.2.1"],
    ["behind two proxies", ["loopback", "10.0.0.0/8"], ["X-Forwarded-For: 6.6.6.6, 192.0.2.1, 10.0.0.9"], "192.0.2.1"],
    ["over two lines", ["loopback"], ["X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 192.0.2.1"], "192.0.2.1"],
    ["one hop", 1, ["X-Forwarded-For: 6.6.6.6, 6.6.6.7, 192.0.2.1"], "192.0.2.1"],
    ["two hops", 2, ["X-Forwarded-For: 6.6.6.6, 192.0.2.1, 10.0.0.9"], "192.0.2.1"],
    ["more hops than entries", 3, ["X-Forwarded-For: 6.6.6.6, 192.0.2.1"], null],
    ["what is no address", ["loopback"], ["X-Forwarded-For: 6.6.6.6, unknown"], null],
    ["an address that is not one", 1, ["X-Forwarded-For: 6.6.6.6, 192.0.2.1.evil"], null],
    ["an address with a zero in front", 1, ["X-Forwarded-For: 6.6.6.6, 010.0.0.1"], null],
    ["an empty entry", 1, ["X-Forwarded-For: 6.6.6.6,"], null],
    ["a private address in disguise", ["loopback"], ["X-Forwarded-For: 6.6.6.6, ::ffff:192.0.2.1"], "192.0.2.1"],
    ["the proxy in disguise", ["loopback"], ["X-Forwarded-For: 192.0.2.1, ::ffff:127.0.0.1"], "192.0.2.1"],
    ["nothing said", ["loopback"], [], "127.0.0.1"],
    ["a peer that is not listed", ["10.0.0.0/8"], ["X-Forwarded-For: 192.0.2.1"], "127.0.0.1"],
    ["a network that begins alike", ["127.0.0.128/25"], ["X-Forwarded-For: 192.0.2.1"], "127.0.0.1"],
    ["a Forwarded header", ["loopback"], ["Forwarded: for=6.6.6.6"], "127.0.0.1"],
  ])("row 32: the client is counted from the right, or nobody: %s", async (_, trusted, lines, client) => {
    expect(await ask(trusted, ...lines)).toEqual([client, "http", "own.example"]);
  });

  test.each<[string[], string]>([
    [["X-Forwarded-Proto: https"], "https"],
    [["X-Forwarded-Proto: http", "X-Forwarded-Proto: https"], "https"],
    [["X-Forwarded-Proto: https", "X-Forwarded-Proto: http"], "http"],
    [["X-Forwarded-Proto: https, http"], "http"],
    [["X-Forwarded-Proto: HTTPS"], "http"],
    [["X-Forwarded-Proto: javascript"], "http"],
    [["X-Forwarded-Proto: https://evil.example"], "http"],
    [["X-Forwarded-Host: evil.example", "X-Forwarded-Port: 666"], "http"],
  ])(
    "row 32: a scheme is one of two, by the last proxy's word, and the host is nobody's word: %j",
    async (lines, scheme) => {
      expect(await ask(["loopback"], ...lines)).toEqual(["127.0.0.1", scheme, "own.example"]);
    },
  );

  test("row 32: a client cannot push the proxy's word out by sending many headers", async () => {
    const app = new App({ trustedProxies: ["loopback"] });
    app.get("/", { input: { connection } }, ({ connection: { client } }) => client?.host ?? null);
    const server = await serve(app, { port: 0, signals: false });
    onTestFinished(() => server.close());
    for (const count of [90, 150, 500, 1100, 2100]) {
      const client = await wire(server);
      const many = Array<string>(count).fill("a: 1");
      client.send(
        "GET / HTTP/1.1",
        "Host: a",
        "Connection: close",
        "X-Forwarded-For: 6.6.6.6",
        ...many,
        "X-Forwarded-For: 192.0.2.1",
        "",
        "",
      );
      const received = await client.closed;
      expect(received).not.toContain("6.6.6.6");
      expect(received).toMatch(count < 100 ? /200 OK[^]*"192\.0\.2\.1"/ : / 431 /);
    }
  });

  test.each<[unknown]>([
    [["10.0.0.1/8"]],
    [["proxy.internal"]],
    [["10.0.0.0/33"]],
    [[""]],
    [["10.0.0"]],
    [-1],
    [1.5],
    [Number.NaN],
    [true],
    ["*"],
    [[null]],
  ])("row 32: %j stops the start instead of trusting nobody, or everybody", async (trustedProxies) => {
    const app = new App({ trustedProxies: trustedProxies as string[] });
    app.get("/", () => 1);
    await expect(app.startup()).rejects.toThrow(/^APUS_TRUSTED_PROXIES/);
  });

  test("row 32: a Host that is not listed is refused, however it is spelled", async () => {
    const app = new App({
      middleware: [trustedHosts({ allowedHosts: ["own.example", "*.own.example"], wwwRedirect: false })],
    });
    app.get("/", () => "in");
    const server = await serve(app, { port: 0, signals: false });
    onTestFinished(() => server.close());
    const status = async (...hosts: string[]): Promise<number> => {
      const client = await wire(server);
      client.send(
        "GET / HTTP/1.1",
        ...hosts.map((host) => `Host: ${host}`),
        "X-Forwarded-Host: own.example",
        "Connection: close",
        "",
        "",
      );
      return Number(/HTTP\/1\.1 (\d+)/.exec(await client.closed)![1]);
    };
    for (const host of ["own.example", "OWN.example:8000", "a.own.example"]) expect(await status(host)).toBe(200);
    for (const host of [
      "evil.example",
      "own.example.evil.example",
      "evilown.example",
      ".own.example",
      "own.example@evil.example",
      "own.example:80@evil.example",
      "own.example/",
      "own.example#",
      "own.example?",
      "own.example\\",
      "own.example:x",
      "own.example, evil.example",
      "own.example evil.example",
      "own.example.",
      "[own.example]",
      "",
    ]) {
      expect([host, await status(host)]).toEqual([host, 400]);
    }
    expect(await status("own.example", "evil.example")).toBe(400);
    expect(await status("evil.example", "own.example")).toBe(400);
  });
});
