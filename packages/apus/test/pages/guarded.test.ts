/** Guards of the documentation: nobody sees the document, the pages or their files without passing them. */
import { App, depends, HTTPException, type AppOptions } from "apus";
import { httpBasic } from "apus/security";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";

const basic = httpBasic({ realm: "docs" });
const onlyAnn = depends({ credentials: basic }, ({ credentials }) => {
  if (credentials.username !== "ann") throw new HTTPException(403);
});
const app = (options: AppOptions = {}): App => {
  const made = new App({ docsDependencies: [onlyAnn], ...options });
  made.get("/", () => "open");
  return made;
};
const as = (name: string): { headers: Record<string, string> } => ({
  headers: { authorization: `Basic ${btoa(`${name}:secret`)}` },
});

/** Everything that the pages of an app refer to, and the pages themselves. */
async function addresses(): Promise<string[]> {
  const client = testClient(app());
  const found = ["/openapi.json"];
  for (const page of ["/docs", "/redoc", "/docs/oauth2-redirect"]) {
    const { status, text } = await client.get(page, as("ann"));
    expect([page, status]).toEqual([page, 200]);
    const files = [...text.matchAll(/ (?:src|href)="([^"]+)"/g)]
      .map(([, href]) => new URL(href!, `http://x${page}`))
      .filter(({ protocol }) => protocol === "http:");
    found.push(page, ...files.map(({ pathname }) => pathname));
  }
  return [...new Set(found)];
}

test("each address asks for credentials, refuses others, and is kept by no shared cache", async () => {
  const client = testClient(app());
  const paths = await addresses();
  expect(paths.length).toBeGreaterThan(8);
  for (const path of paths) {
    const [nobody, bob, ann] = [
      await client.get(path),
      await client.get(path, as("bob")),
      await client.get(path, as("ann")),
    ];
    expect([path, nobody.status, nobody.headers.get("www-authenticate"), bob.status, ann.status]).toEqual([
      path,
      401,
      'Basic realm="docs"',
      403,
      200,
    ]);
    expect([path, ann.headers.get("cache-control")]).toEqual([path, expect.stringMatching(/no-store|private/)]);
  }
  expect((await client.request("HEAD", "/openapi.json")).status).toBe(401);
});

test("operations stay open, and the App's own guards are not those of the documentation", async () => {
  expect((await testClient(app()).get("/")).status).toBe(200);
  const closed = new App({ dependencies: [onlyAnn] });
  closed.get("/", () => "closed");
  const client = testClient(closed);
  expect([(await client.get("/")).status, (await client.get("/docs")).status]).toEqual([401, 200]);
});

test("the guards are not part of the document", () => {
  expect(app().openapi()).not.toHaveProperty("components");
});

test.each([onlyAnn, new Set([onlyAnn]), { onlyAnn }, null])(
  "%o is no list of guards, and leaves nothing open",
  async (wrong) => {
    await expect(app({ docsDependencies: wrong as never }).startup()).rejects.toThrow(
      /APUS_GUARD: ANY \/openapi\.json/,
    );
  },
);

test("a guard that is none stops the start, naming the page", async () => {
  await expect(app({ docsDependencies: [() => true] as never }).startup()).rejects.toThrow(
    /APUS_GUARD: ANY \/openapi\.json \(documentation\)/,
  );
});
