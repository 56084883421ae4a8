// The redirect to https: where it leads, and what gets none.
import { App, operation } from "apus";
import { httpsRedirect } from "apus/middleware";
import { testClient } from "apus/testing";
import { describe, expect, it, test } from "vitest";
import { scenarios } from "../scenario.ts";
import { askAgain, recorded } from "./starlette.ts";

describe("recorded answers of Starlette", () => {
  const asked = recorded("httpsRedirect").flatMap((each) => each.asked);
  it("are many", () => expect(asked.length).toBeGreaterThan(40));
  it.each(asked.map((each) => [`${each[0]} to ${each[1]["host"]}`, each] as const))("%s", async (_, each) => {
    const [found, expected] = await askAgain(httpsRedirect(), [each]);
    expect(found).toEqual(expected);
  });
});

function redirecting(options: { rootPath?: string; trustedProxies?: string[] } = {}): App {
  const app = new App({ middleware: [httpsRedirect()], ...options });
  app.include(operation(["GET", "POST"], "/a", () => "secure"));
  return app;
}

scenarios("httpsRedirect", (ask) => {
  const app = redirecting();

  test.each([
    ["example.com", "/a", "https://example.com/a"],
    ["example.com:80", "/a", "https://example.com/a"],
    ["example.com:443", "/a", "https://example.com/a"],
    ["example.com:8080", "/a", "https://example.com:8080/a"],
    ["[::1]:80", "/a", "https://[::1]/a"],
    ["my_service", "/nowhere?x=1", "https://my_service/nowhere?x=1"],
    ["example.com", "//evil.com", "https://example.com//evil.com"],
    ["example.com", "/a?next=//evil.com", "https://example.com/a?next=//evil.com"],
    ["example.com", "/%7E%41%20/%C3%A9?%61=%2F+%20", "https://example.com/%7E%41%20/%C3%A9?%61=%2F+%20"],
    ["example.com", "/;a=b/@c:d?[]=&=", "https://example.com/;a=b/@c:d?[]=&="],
    ["example.com", "/a%2525?%2525", "https://example.com/a%2525?%2525"],
  ])("%s%s leads to %s", async (host, target, location) => {
    for (const method of ["GET", "POST"]) {
      const answer = await ask(app, `${method} ${target}`, { headers: { host } });
      expect(answer).toMatchObject({ status: 307, text: "", headers: { location } });
    }
  });

  test.each(["", "exa mple.com", "user@example.com", "example.com/x", "evil.com\\@example.com", "a%0d%0ab", "a:b"])(
    "the Host %j leads nowhere",
    async (host) => {
      const answer = await ask(app, "GET /a", { headers: { host } });
      expect(answer).toMatchObject({ status: 400, text: "Invalid host header" });
      expect(answer.headers).not.toHaveProperty("location");
    },
  );

  test("a malformed target is not redirected", async () => {
    const answer = await ask(app, "GET /%2F/evil.com", { headers: { host: "example.com" } });
    expect(answer).toMatchObject({ status: 400, text: "Invalid request target" });
  });

  test("the absolute form's authority is not used", async () => {
    if (!ask.raw) return;
    const answer = await ask(app, "GET http://evil.com/a?b", { headers: { host: "example.com" } });
    expect(answer.headers["location"]).toBe("https://example.com/a?b");
    const bare = await ask(app, "GET http://evil.com?b", { headers: { host: "example.com" } });
    expect(bare.headers["location"]).toBe("https://example.com/?b");
  });

  test("the scheme is told by a trusted proxy alone", async () => {
    const headers = { host: "example.com", "x-forwarded-proto": "https" };
    expect((await ask(app, "GET /a", { headers })).status).toBe(307);
    expect((await ask(redirecting({ trustedProxies: ["*"] }), "GET /a", { headers })).text).toBe('"secure"');
  });

  test.runIf(ask.adapter === "testClient")("what no URI holds is percent-encoded", async () => {
    const answer = await ask(app, 'GET /~?"<>\\', { headers: { host: "example.com" } });
    expect(answer.headers["location"]).toBe("https://example.com/~?%22%3C%3E%5C");
  });

  test("the root path that a proxy took off is in it", async () => {
    const answer = await ask(redirecting({ rootPath: "/api" }), "GET /a?b", { headers: { host: "example.com" } });
    expect(answer.headers["location"]).toBe("https://example.com/api/a?b");
  });
});

it("leaves https alone", async () => {
  const client = testClient(redirecting(), { baseUrl: "https://example.com" });
  expect((await client.get("/a")).text).toBe('"secure"');
});
