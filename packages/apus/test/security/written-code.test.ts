// What is written into HTML and JSON: texts of strangers and of authors stay texts, whoever writes them.
import { App, get } from "apus";
import { types } from "apus/types";
import { testClient } from "apus/testing";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const hostile = [
  `</script><script>boom()</script>`,
  `</title><img src=x onerror=boom()>`,
  `"><svg onload=boom()>`,
  `<!--<script>`,
  `]]><script>boom()</script>`,
  `\u2028boom()\u2029`,
  `&lt;script&gt;&quot;'`,
  `"+boom()+"`,
  `\\"});boom();({"a":"`,
  "\ud800\u0000\u001f\u007f",
];

describe("documentation pages", () => {
  const pagesWith = (text: string): ReturnType<typeof testClient> => {
    const app = new App({
      title: text,
      description: text,
      version: text,
      swaggerUiParameters: { filter: text, [text]: text },
      swaggerUiInitOauth: { clientId: text },
      redocParameters: { nativeScrollbars: text },
      rootPath: "/api",
    });
    app.get("/", { summary: text, description: text }, () => 1);
    return testClient(app);
  };
  const tagsOf = (page: string): string[] => page.match(/<[^>]*>?/g)!;

  test.each(hostile)("row 36: %j in titles and settings makes no tag, no attribute and no script", async (text) => {
    for (const path of ["/docs", "/redoc", "/docs/oauth2-redirect"]) {
      const page = await pagesWith(text).get(path);
      const plain = await pagesWith("plain").get(path);
      expect([page.status, tagsOf(page.text)]).toEqual([200, tagsOf(plain.text)]);
      // What a script reads as settings is JSON that holds the text.
      for (const [, settings] of page.text.matchAll(/<script[^>]*"application\/json">([^]*?)<\/script>/g)) {
        expect(JSON.stringify(JSON.parse(settings!))).toContain(JSON.stringify(text).slice(1, -1));
      }
    }
  });

  test("row 36: everything comes from the server itself, and the policy allows nothing inline", async () => {
    for (const path of ["/docs", "/redoc", "/docs/oauth2-redirect"]) {
      const page = await pagesWith("plain").get(path);
      const policy = page.headers.get("content-security-policy")!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe-(?:inline|eval)|https?:|\*/);
      const addresses = [...page.text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address!);
      for (const address of addresses) expect(address).toMatch(/^(?:\.?\/(?!\/)|data:(?:image\/|,$))/);
    }
  });
});

describe("writers", () => {
  const Held = z.object({
    text: z.string(),
    list: z.array(z.string()),
    record: z.record(z.string(), z.string()),
    literal: z.literal(hostile as [string, ...string[]]).optional(),
    union: z.union([z.number(), z.string()]),
    nested: z.object({ [hostile[8]!]: z.string(), 'a"b': z.string(), "c\nd\u2028": z.string() }),
    at: types.datetime(),
    day: types.date(),
    id: z.uuid().optional(),
    unknown: z.unknown(),
  });

  test.each(hostile)("row 37: %j is one string of the JSON, in every place that a schema has", async (text) => {
    const value = {
      text,
      list: [text, text],
      record: { [text]: text },
      literal: text,
      union: text,
      nested: { [hostile[8]!]: text, 'a"b': text, "c\nd\u2028": text },
      at: "2026-11-22T10:00:00Z",
      day: "2026-11-22",
      unknown: { [text]: [text] },
    };
    const app = new App();
    app.include({
      checked: get("/checked", { output: Held }, () => ({ ...value, at: new Date(value.at), day: value.day }) as never),
      free: get("/free", () => value),
    });
    const client = testClient(app);
    for (const path of ["/checked", "/free"]) {
      const answer = await client.get(path);
      expect(answer.status).toBe(200);
      // What the platform's own writer and parser make of the value is what arrives, lone surrogates escaped as it does.
      const expected: unknown = JSON.parse(JSON.stringify(value));
      expect(JSON.parse(answer.text)).toEqual(expected);
    }
  });

  test.each([
    ["a date that is none", { at: `2026-11-22T10:00:00Z","admin":true,"x":"` }],
    ["a day that is none", { day: `2026-11-22","admin":true,"x":"` }],
    ["an id that is none", { id: `00000000-0000-4000-8000-000000000000","admin":true,"x":"` }],
    [
      "a number that says more",
      { size: Object.assign(() => 1, { toString: (): string => `1,"admin":true`, valueOf: (): number => 1 }) },
    ],
    ["a number that is text", { size: `1,"admin":true` }],
    ["a flag that is text", { flag: `true,"admin":true` }],
    ["a value with its own JSON", { text: { toJSON: () => `","admin":true` } }],
  ])("row 37: %s gives nobody a key of their own", async (_, over) => {
    const Formats = z.object({
      at: types.datetime().optional(),
      day: types.date().optional(),
      id: z.uuid().optional(),
      size: z.number().optional(),
      flag: z.boolean().optional(),
      text: z.string().optional(),
    });
    const app = new App({ report: () => {} });
    app.include(get("/", { output: Formats }, () => over as never));
    const answer = await testClient(app, { raiseServerErrors: false }).get("/");
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain("admin");
  });
});
