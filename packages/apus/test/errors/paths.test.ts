// Paths and methods that nobody answers: 404, 405, slash redirects, and targets that are refused.
import { App } from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

scenarios("Paths and methods", (ask) => {
  const make = (): App => {
    const app = new App({ docsUrl: null });
    app.get("/items", () => "list");
    app.post("/items", () => "made");
    app.get("/items/{id}", { input: { id: z.string() } }, ({ id }) => id);
    app.get("/folder/", () => "folder");
    return app;
  };

  test("an unknown path is 404, an unknown method 405 with all methods of the path", async () => {
    const missing = await ask(make(), "GET /nowhere");
    expect([missing.status, missing.json()]).toEqual([404, { detail: "Not Found" }]);
    const method = await ask(make(), "DELETE /items");
    expect([method.status, method.json(), method.headers["allow"]]).toEqual([
      405,
      { detail: "Method Not Allowed" },
      "GET, HEAD, POST",
    ]);
    expect((await ask(make(), "POST /openapi.json")).headers["allow"]).toBe("GET, HEAD");
  });

  test("a path that only differs by its last slash is redirected with its query, whatever the Host says", async () => {
    const app = make();
    const to = async (line: string): Promise<unknown[]> => {
      const answer = await ask(app, line, { headers: { host: "evil.example" } });
      return [answer.status, answer.headers["location"], answer.text];
    };
    expect(await to("GET /items/?a=1&b=%20?c")).toEqual([307, "/items?a=1&b=%20?c", ""]);
    expect(await to("POST /folder")).toEqual([307, "/folder/", ""]);
    expect(await to("GET /items/a%20%C3%BC%3Fx%23y/")).toEqual([307, "/items/a%20%C3%BC%3Fx%23y", ""]);
    expect(await to("GET /items/100%25/")).toEqual([307, "/items/100%25", ""]);
  });

  test("a redirected address leads to where it says", async () => {
    const app = make();
    const { headers } = await ask(app, "GET /items/a%3Fb%23c%25/");
    expect((await ask(app, `GET ${headers["location"]}`)).json()).toBe("a?b#c%");
  });

  test("`//host` is never redirected: it would lead to another server", async () => {
    const app = new App();
    app.get("//evil.example", () => 1);
    app.get("//evil.example/x/", () => 1);
    for (const target of ["//evil.example/", "//evil.example/x", "/.//evil.example/"]) {
      expect((await ask(app, `GET ${target}`)).headers["location"]).toBeUndefined();
    }
  });

  test("redirectSlashes: false answers 404", async () => {
    const app = new App({ redirectSlashes: false });
    app.get("/items", () => 1);
    expect((await ask(app, "GET /items/")).status).toBe(404);
  });

  test.each(["/items/%", "/items/%2", "/items/%zz", "/items/%ff", "/items/a%2Fb", "/items/a%5cb", "/items/a%00b"])(
    "the malformed path %s is 400",
    async (target) => {
      const answer = await ask(make(), `GET ${target}`);
      expect([answer.status, answer.json()]).toEqual([400, { detail: "The path of the request is malformed" }]);
    },
  );

  // A web Request has a parsed URL: it cannot hold these.
  test.runIf(ask.raw).each(["/items/a\\b", "*", "ftp://a/items"])("the raw target %s is 400", async (target) => {
    expect((await ask(make(), `GET ${target}`)).status).toBe(400);
  });

  test.runIf(ask.raw)("the authority of an absolute target is ignored, dot segments are resolved", async () => {
    expect((await ask(make(), "GET http://other.example/items?x=1")).json()).toBe("list");
    expect((await ask(make(), "GET /folder/../items/./a")).json()).toBe("a");
    expect((await ask(make(), "GET /folder/%2e%2E/items")).json()).toBe("list");
    expect((await ask(make(), "GET /../../items#fragment")).json()).toBe("list");
  });
});
