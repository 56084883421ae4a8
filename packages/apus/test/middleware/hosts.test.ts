// Trusted hosts: which Host headers are answered, where the redirect to www leads, and entries that could never match.
import { App, operation, request } from "apus";
import { trustedHosts, type TrustedHostsOptions } from "apus/middleware";
import { testClient } from "apus/testing";
import { describe, expect, it, test } from "vitest";
import { scenarios } from "../scenario.ts";
import { askAgain, recorded } from "./starlette.ts";

describe("recorded answers of Starlette", () => {
  const table = recorded("trustedHosts");
  it("are many", () => expect(table.flatMap(({ asked }) => asked).length).toBeGreaterThan(50));
  it.each(table.map(({ options, asked }) => [JSON.stringify(options), options, asked] as const))(
    "%s",
    async (_, options, asked) => {
      const [found, expected] = await askAgain(trustedHosts(options as TrustedHostsOptions), asked);
      expect(found).toEqual(expected);
    },
  );
});

function answering(options: TrustedHostsOptions, rootPath?: string): App {
  const app = new App({ middleware: [trustedHosts(options)], rootPath });
  app.include(operation(["GET", "POST"], "/a/b", { input: { request } }, (given) => given.request.url.host));
  return app;
}

scenarios("trustedHosts", (ask) => {
  const app = answering({ allowedHosts: ["Example.com", "*.example.org", "[::1]"] });

  test.each([
    ["example.com", "example.com"],
    ["EXAMPLE.COM", "example.com"],
    ["example.com:8000", "example.com:8000"],
    ["a.example.org", "a.example.org"],
    ["a.b.example.org", "a.b.example.org"],
    ["[::1]", "[::1]"],
    ["[::1]:8000", "[::1]:8000"],
  ])("%s is answered", async (host, seen) => {
    expect(await ask(app, "GET /a/b", { headers: { host } })).toMatchObject({
      status: 200,
      text: JSON.stringify(seen),
    });
  });

  test.each([
    "example.org",
    ".example.org",
    "evil.com",
    "evilexample.org",
    "example.com.evil.com",
    "example.com.",
    "example.com:",
    "example.com:80:80",
    "example.com:port",
    "example.com:99999",
    "evil.com:80@example.com",
    "example.com@evil.com",
    "evil.com/example.com",
    "example.com/.evil.com",
    "evil.com#example.com",
    "evil.com?.example.org",
    "evil.com\\.example.org",
    "evil.com%2f.example.org",
    "evil.com .example.org",
    "example.com, evil.com",
    "[::1",
    "[::g]",
    "::1",
  ])("%s is refused, whatever the path", async (host) => {
    for (const line of ["GET /a/b", "GET /nowhere", "GET /%2F"]) {
      const answer = await ask(app, line, { headers: { host } });
      expect(answer).toMatchObject({ status: 400, text: "Invalid host header" });
      expect(answer.headers["content-type"]).toBe("text/plain; charset=utf-8");
    }
  });

  test("a trusted X-Forwarded-Host changes nothing", async () => {
    const headers = { host: "evil.com", "x-forwarded-host": "example.com" };
    expect((await ask(app, "GET /a/b", { headers })).status).toBe(400);
  });

  test("where only www is listed the other is sent there, path and query as they came", async () => {
    const www = answering({ allowedHosts: ["www.example.com"] });
    const sent = { headers: { host: "example.com:8000" } };
    const answer = await ask(www, "GET //evil.com/%7Ea%20b?q=%2F&next=//evil.com", sent);
    expect(answer).toMatchObject({ status: 307, text: "" });
    expect(answer.headers["location"]).toBe("http://www.example.com:8000//evil.com/%7Ea%20b?q=%2F&next=//evil.com");
    expect((await ask(www, "GET /a/b", { headers: { host: "evil.com" } })).status).toBe(400);
    const path = await ask(www, "GET /%2Fevil.com", sent);
    expect(path).toMatchObject({ status: 400, text: "Invalid host header" });
  });

  test("or is not, with wwwRedirect: false", async () => {
    const www = answering({ allowedHosts: ["www.example.com"], wwwRedirect: false });
    expect((await ask(www, "GET /a/b", { headers: { host: "example.com" } })).status).toBe(400);
  });

  test("the root path that a proxy took off is in the redirect", async () => {
    const rooted = answering({ allowedHosts: ["www.example.com"] }, "/api");
    const sent = { headers: { host: "example.com" } };
    expect((await ask(rooted, "GET /a/b", sent)).headers["location"]).toBe("http://www.example.com/api/a/b");
    expect((await ask(rooted, "GET /api/a/b?c", sent)).headers["location"]).toBe("http://www.example.com/api/a/b?c");
    expect((await ask(rooted, "GET /apis", sent)).headers["location"]).toBe("http://www.example.com/api/apis");
  });

  test("`*` lets everything in", async () => {
    const open = answering({ allowedHosts: ["*"] });
    for (const host of ["evil.com", "evil.com:port"]) {
      expect((await ask(open, "GET /a/b", { headers: { host } })).status).toBe(200);
    }
  });
});

it("refuses two Host lines, which servers already do", async () => {
  const headers = [
    ["host", "example.com"],
    ["host", "example.com"],
  ] as const;
  expect((await testClient(answering({ allowedHosts: ["example.com"] })).get("/a/b", { headers })).status).toBe(400);
});

describe("options that are refused", () => {
  it.each<[string, unknown, RegExp]>([
    ["none", {}, /APUS_MIDDLEWARE: .*names no host/],
    ["an empty list", { allowedHosts: [] }, /APUS_MIDDLEWARE: .*names no host/],
    ["a text", { allowedHosts: "example.com" }, /APUS_MIDDLEWARE/],
    ["a port", { allowedHosts: ["example.com:8000"] }, /APUS_MIDDLEWARE: "example.com:8000"/],
    ["a URL", { allowedHosts: ["https://example.com"] }, /APUS_MIDDLEWARE/],
    ["a wildcard inside", { allowedHosts: ["a.*.example.com"] }, /APUS_MIDDLEWARE.*wildcard/],
    ["a wildcard without a dot", { allowedHosts: ["*example.com"] }, /APUS_MIDDLEWARE.*wildcard/],
    ["an address without brackets", { allowedHosts: ["::1"] }, /APUS_MIDDLEWARE.*brackets/],
    ["an empty name", { allowedHosts: [""] }, /APUS_MIDDLEWARE/],
    ["a misspelt name", { hosts: ["example.com"] }, /APUS_OPTIONS: trustedHosts\(\): there is no option `hosts`/],
    ["nothing", undefined, /APUS_OPTIONS/],
  ])("%s", (_, options, message) => {
    expect(() => trustedHosts(options as TrustedHostsOptions)).toThrow(message);
  });
});
