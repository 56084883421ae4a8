// Bodies whose type is not what it says: one reading of the Content-Type, and validation that is never skipped.
import { App, body, depends, form } from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

const json = { "content-type": "application/json" };
const urlencoded = { "content-type": "application/x-www-form-urlencoded" };
const Role = z.object({ role: z.enum(["reader", "writer"]) });

/** An app that keeps what reached a handler. */
function recording(): { app: App; seen: unknown[] } {
  const seen: unknown[] = [];
  const see = (value: unknown): unknown => {
    seen.push(value);
    return value;
  };
  const app = new App();
  app.post("/json", { input: { role: Role } }, ({ role }) => see(role));
  app.post("/form", { input: { role: form(Role) } }, ({ role }) => see(role));
  app.post("/optional", { input: { role: body(Role.optional()) } }, ({ role }) => see(role ?? "none"));
  const sent = depends({ role: body(Role) }, ({ role }) => role);
  app.post("/dependency", { input: { sent } }, (values) => see(values.sent));
  app.post("/untyped", { input: { role: Role }, strictContentType: false }, ({ role }) => see(role));
  return { app, seen };
}

/** Each spelling of a Content-Type, and whether it is JSON. */
const spellings: readonly (readonly [string, boolean])[] = [
  ["application/json", true],
  ["Application/JSON", true],
  ["application/json;charset=utf-8", true],
  ["application/json ; charset=utf-8", true],
  ["application/json\t; charset=utf-8", true],
  ["application/json;", true],
  ["application/vnd.api+json", true],
  ["application/json; text/plain", true],
  ["application/jsonx", false],
  ["application/json-evil", false],
  ["application/json x", false],
  ["application/json\u00a0", false],
  ["\u00a0application/json", false],
  ["application/json, text/plain", false],
  ["xapplication/json", false],
  ["text/json", false],
  ["text/plain; application/json", false],
  ["text/plain;\tapplication/json", false],
  ["json", false],
  ["/", false],
];

scenarios("Content types", (ask) => {
  test.each(spellings)("row 1: %j is read once: parsed and checked, or neither", async (type, isJson) => {
    const { app, seen } = recording();
    const send = (path: string, content: string) =>
      ask(app, `POST ${path}`, { headers: { "content-type": type }, body: content });
    // Where the parser and the check disagreed, this one got through.
    for (const path of ["/json", "/optional", "/dependency", "/untyped"]) {
      expect((await send(path, '{"role":"admin"}')).status).toBe(422);
    }
    expect(seen).toEqual([]);
    for (const path of ["/json", "/optional", "/dependency", "/untyped"]) {
      expect((await send(path, '{"role":"reader"}')).status).toBe(isJson ? 200 : 422);
    }
    expect((await send("/form", "role=writer")).status).toBe(422);
    expect(seen).toEqual(isJson ? Array.from({ length: 4 }, () => ({ role: "reader" })) : []);
  });

  test.each([
    ["application/x-www-form-urlencoded", true],
    ["Application/X-WWW-Form-Urlencoded ;charset=x", true],
    ["application/x-www-form-urlencodedx", false],
    ["application/x-www-form-urlencoded x", false],
    ["application/json; application/x-www-form-urlencoded", false],
    ["multipart/form-data; boundary=application/x-www-form-urlencoded", false, 400],
  ])("row 1: %j is a form for parser and check alike, or for neither", async (type, isForm, refused = 422) => {
    const { app, seen } = recording();
    const send = (path: string, content: string) =>
      ask(app, `POST ${path}`, { headers: { "content-type": type }, body: content });
    expect((await send("/form", "role=admin")).status).toBe(refused);
    expect((await send("/form", "role=reader")).status).toBe(isForm ? 200 : refused);
    expect(seen).toEqual(isForm ? [{ role: "reader" }] : []);
  });

  test.runIf(ask.raw)("row 1: of two Content-Type lines the first counts, for parser and check", async () => {
    const { app, seen } = recording();
    const send = (first: string, second: string, role: string) =>
      ask(app, "POST /json", {
        headers: [
          ["content-type", first],
          ["content-type", second],
        ],
        body: `{"role":"${role}"}`,
      });
    expect((await send("application/json", "text/plain", "admin")).status).toBe(422);
    expect((await send("text/plain", "application/json", "admin")).status).toBe(422);
    expect((await send("text/plain", "application/json", "reader")).status).toBe(422);
    expect(seen).toEqual([]);
    expect((await send("application/json", "text/plain", "reader")).status).toBe(200);
  });

  test.each([
    ["nothing at all", undefined, {}],
    ["an empty body that claims to be JSON", "", json],
    ["white space", " \n ", json],
    ["null", "null", json],
    ["JSON without a Content-Type", '{"role":"reader"}', {}],
    ["JSON under an empty Content-Type", '{"role":"reader"}', { "content-type": "" }],
    ["JSON under an unknown Content-Type", '{"role":"reader"}', { "content-type": "application/octet-stream" }],
    ["a form", "role=reader", urlencoded],
    ["a list of what is wanted", '[{"role":"reader"}]', json],
    ["what is wanted, as a text", '"{\\"role\\":\\"reader\\"}"', json],
  ])("row 2: a declared body is checked whatever arrives: %s", async (_, content, headers) => {
    const { app, seen } = recording();
    for (const path of ["/json", "/dependency"]) {
      const answer = await ask(app, `POST ${path}`, { body: content, headers });
      expect(answer.status).toBe(422);
      expect(answer.json().detail[0].loc[0]).toBe("body");
    }
    expect(seen).toEqual([]);
  });

  test("row 2: an optional body may be absent, not different", async () => {
    const { app, seen } = recording();
    expect((await ask(app, "POST /optional")).status).toBe(200);
    expect((await ask(app, "POST /optional", { body: "role=admin", headers: urlencoded })).status).toBe(422);
    expect((await ask(app, "POST /optional", { body: '{"role":"reader"}' })).status).toBe(422);
    expect((await ask(app, "POST /optional", { body: "{}", headers: json })).status).toBe(422);
    expect(seen).toEqual(["none"]);
  });

  test("row 2: where JSON without a Content-Type is allowed, it is checked all the same", async () => {
    const { app, seen } = recording();
    expect((await ask(app, "POST /untyped", { body: '{"role":"admin"}' })).status).toBe(422);
    expect((await ask(app, "POST /untyped", { body: "" })).status).toBe(422);
    expect((await ask(app, "POST /untyped", { body: '{"role":"reader"}' })).status).toBe(200);
    expect(seen).toEqual([{ role: "reader" }]);
  });

  // What a page of another origin can send without asking first (Fetch, "CORS-safelisted request-header").
  test.each([
    "text/plain",
    "text/plain; charset=utf-8",
    "Text/Plain;application/json",
    "text/plain;a=application/json",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded;application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=application/json",
    "",
    undefined,
  ])("row 3: a page of another origin cannot send JSON as %j", async (type) => {
    const { app, seen } = recording();
    const headers: Record<string, string> = { origin: "https://evil.example", cookie: "session=1" };
    if (type !== undefined) headers["content-type"] = type;
    for (const path of ["/json", "/optional", "/dependency"]) {
      // The second is how a form with enctype=text/plain writes JSON.
      for (const content of ['{"role":"writer"}', '{"role":"writer","a":"=b"}\r\n']) {
        expect((await ask(app, `POST ${path}`, { headers, body: content })).status).toBe(422);
      }
    }
    expect(seen).toEqual([]);
  });

  test("row 3: allowing JSON without a Content-Type does not allow it as text", async () => {
    const { app, seen } = recording();
    for (const type of ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded"]) {
      const answer = await ask(app, "POST /untyped", { headers: { "content-type": type }, body: '{"role":"writer"}' });
      expect(answer.status).toBe(422);
    }
    expect(seen).toEqual([]);
  });
});
