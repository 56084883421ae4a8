// The documentation as an application serves it, through the public names alone.
import { App } from "apus";
import { serve } from "apus/server";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";

function shop(options: ConstructorParameters<typeof App>[0] = {}): App {
  const app = new App({ title: "Shop", version: "1.0.0", ...options });
  app.get("/items/all", () => []);
  return app;
}

test("every address that the page names is answered, with its media type", async () => {
  const server = await serve(shop(), { port: 0, signals: false });
  try {
    const page = await fetch(`${server.url}/docs`);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    const text = await page.text();
    expect(text).toContain("<title>Shop - Swagger UI</title>");
    const addresses = [...text.matchAll(/ (?:src|href)="([^"]+)"/g)].map(
      ([, address]) => new URL(address ?? "", page.url),
    );
    const types = await Promise.all(
      addresses.map(async (address) => {
        const response = await fetch(address);
        expect((await response.bytes()).length).toBeGreaterThan(100);
        return `${response.status} ${response.headers.get("content-type")}`;
      }),
    );
    expect(types.toSorted()).toEqual([
      "200 application/json",
      "200 image/png",
      "200 text/css; charset=utf-8",
      "200 text/javascript; charset=utf-8",
      "200 text/javascript; charset=utf-8",
    ]);
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
  [{ docsUrl: null }, 404, 200],
  [{ openapiUrl: null }, 404, 404],
  [{ docsUrl: "/documentation" }, 404, 200],
])("%j", async (options, docs, openapi) => {
  const client = testClient(shop(options));
  expect((await client.get("/docs")).status).toBe(docs);
  expect((await client.get("/openapi.json")).status).toBe(openapi);
});

test("the page follows docsUrl, and its addresses lead where the app serves them", async () => {
  const client = testClient(shop({ docsUrl: "/api/v1/documentation", openapiUrl: "/api/openapi.json" }));
  const { text } = await client.get("/api/v1/documentation");
  const addresses = [...text.matchAll(/ (?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? "");
  expect(addresses).toContain("../openapi.json");
  for (const address of addresses) {
    const { pathname } = new URL(address, "http://testserver/api/v1/documentation");
    expect((await client.get(pathname)).status).toBe(200);
  }
});

test("on a runtime that gives no files the page says what to do", async () => {
  const response = await shop().fetch(new Request("http://worker.example/docs"));
  expect(response.status).toBe(501);
  expect(await response.text()).toContain('Serve the application with serve() from "apus/server"');
});

test("a path that cannot be a page is refused", async () => {
  await expect(testClient(shop({ docsUrl: "docs" })).start()).rejects.toThrow(/docsUrl is "docs"/);
});
