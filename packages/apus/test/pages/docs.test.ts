// The documentation as an application serves it, through the public names alone.
import { App } from "apus";
import { apiKeyHeader } from "apus/security";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { serve } from "../serve.ts";

function shop(options: ConstructorParameters<typeof App>[0] = {}): App {
  const app = new App({ title: "Shop", version: "1.0.0", ...options });
  app.get("/items/all", () => []);
  return app;
}

/** The files that a page names. */
function addressesIn(text: string): string[] {
  const found = [...text.matchAll(/ (?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? "");
  return found.filter((address) => !address.startsWith("data:"));
}

test.each([
  [
    "/docs",
    "Shop - Swagger UI",
    [
      "200 application/json",
      "200 image/png",
      "200 text/css; charset=utf-8",
      "200 text/css; charset=utf-8",
      "200 text/javascript; charset=utf-8",
      "200 text/javascript; charset=utf-8",
    ],
  ],
  [
    "/redoc",
    "Shop - ReDoc",
    [
      "200 application/json",
      "200 text/css; charset=utf-8",
      "200 text/javascript; charset=utf-8",
      "200 text/javascript; charset=utf-8",
    ],
  ],
])("every address that %s names is answered, with its media type", async (path, title, expected) => {
  const server = await serve(shop(), { port: 0, signals: false });
  try {
    const page = await fetch(server.url + path);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'/,
    );
    const text = await page.text();
    expect(text).toContain(`<title>${title}</title>`);
    const types = await Promise.all(
      addressesIn(text).map(async (address) => {
        const response = await fetch(new URL(address, page.url));
        expect((await response.bytes()).length).toBeGreaterThan(10);
        return `${response.status} ${response.headers.get("content-type")}`;
      }),
    );
    expect(types.toSorted()).toEqual(expected);
    expect((await fetch(`${server.url}/docs/oauth2-redirect`)).status).toBe(200);
  } finally {
    await server.close();
  }
});

test("HEAD answers as GET without a body, other methods are refused", async () => {
  const client = testClient(shop());
  const head = await client.request("HEAD", "/docs");
  expect(head.status).toBe(200);
  expect(head.bytes).toHaveLength(0);
  expect((await client.post("/docs")).status).toBe(405);
});

test.each([
  [{}, 200, 200, 200, 200],
  [{ docsUrl: null }, 404, 404, 200, 200],
  [{ redocUrl: null }, 200, 200, 404, 200],
  [{ swaggerUiOauth2RedirectUrl: null }, 200, 404, 200, 200],
  [{ openapiUrl: null }, 404, 404, 404, 404],
  [{ docsUrl: "/documentation", redocUrl: "/reference" }, 404, 200, 404, 200],
])("%j", async (options, docs, redirect, redoc, openapi) => {
  const client = testClient(shop(options));
  expect((await client.get("/docs")).status).toBe(docs);
  expect((await client.get("/docs/oauth2-redirect")).status).toBe(redirect);
  expect((await client.get("/redoc")).status).toBe(redoc);
  expect((await client.get("/openapi.json")).status).toBe(openapi);
});

test("the pages follow their options, and their addresses lead where the app serves them", async () => {
  const pages = { docsUrl: "/api/v1/documentation", redocUrl: "/api/reference" };
  const client = testClient(shop({ ...pages, openapiUrl: "/api/openapi.json" }));
  for (const path of Object.values(pages)) {
    const addresses = addressesIn((await client.get(path)).text);
    expect(addresses.length).toBeGreaterThan(3);
    for (const address of addresses) {
      const { pathname } = new URL(address, `http://testserver${path}`);
      expect((await client.get(pathname)).status).toBe(200);
    }
  }
});

test("behind guards nothing is answered without them, and nothing is kept that others could see", async () => {
  const key = apiKeyHeader({ name: "X-Key" });
  const client = testClient(shop({ docsDependencies: [key] }));
  const { text } = await client.get("/docs", { headers: { "x-key": "1" } });
  const redoc = await client.get("/redoc", { headers: { "x-key": "1" } });
  const files = [...addressesIn(text), ...addressesIn(redoc.text)].map(
    (address) => new URL(address, "http://testserver/"),
  );
  const paths = new Set(["/docs", "/redoc", "/docs/oauth2-redirect", ...files.map(({ pathname }) => pathname)]);
  expect(paths.size).toBe(12);
  for (const path of paths) {
    expect((await client.get(path)).status).toBe(401);
    const answer = await client.get(path, { headers: { "x-key": "1" } });
    expect([path, answer.status, answer.headers.get("cache-control")]).toEqual([
      path,
      200,
      expect.stringMatching(/^(no-store|private, (no-cache|max-age=31536000, immutable))$/),
    ]);
  }
});

test.each(["/docs", "/redoc"])("on a runtime that gives no files %s says what to do", async (path) => {
  const response = await shop().fetch(new Request(`http://worker.example${path}`));
  expect(response.status).toBe(501);
  expect(await response.text()).toContain('Serve the application with serve() from "apus/server"');
});

test("a path that cannot be a page is refused", async () => {
  await expect(testClient(shop({ docsUrl: "docs" })).start()).rejects.toThrow(/^APUS_DOCUMENTATION: docsUrl is "docs"/);
});

test("a parameter does not take the pages, as in FastAPI; a path of one's own does, and the start says so", async () => {
  const app = new App();
  app.get("/{name}", { input: { name: z.string() } }, ({ name }) => ({ name }));
  app.get("/{name}.json", { input: { name: z.string() } }, ({ name }) => ({ file: name }));
  const client = testClient(app);
  expect((await client.get("/docs")).headers.get("content-type")).toContain("text/html");
  expect((await client.get("/openapi.json")).json().openapi).toMatch(/^3/);
  expect((await client.get("/other.json")).json()).toEqual({ name: "other.json" });
  expect(await app.startup()).toEqual([expect.stringMatching(/^APUS_SHADOWED: GET \/\{name\}\.json/)]);
  const own = new App();
  own.get("/docs", () => "mine");
  expect((await testClient(own).get("/docs")).json()).toBe("mine");
  expect(await own.startup()).toEqual([expect.stringMatching(/^APUS_SHADOWED: the page at \/docs is never reached/)]);
});
