// Bodies that are no JSON, no UTF-8 or no sane depth: refused by one rule, and no refusal tells a secret.
import { App, body, form } from "apus";
import { types } from "apus/types";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

const json = { "content-type": "application/json" };

const Role = z.object({ role: z.enum(["reader", "writer"]) });

/** An app that keeps what reached a handler. */
function recording(): { app: App; seen: unknown[] } {
  const seen: unknown[] = [];
  const app = new App();
  app.post("/json", { input: { role: Role } }, ({ role }) => void seen.push(role));
  return { app, seen };
}

scenarios("Malformed bodies", (ask) => {
  test.each([
    ["broken", '{"role": "reader"'],
    ["single quotes", "{'role': 'reader'}"],
    ["a comment", '{"role": "reader"} // x'],
    ["a second document", '{"role":"reader"}{"role":"admin"}'],
    ["a raw control character", '{"role":"rea\u0000der"}'],
    ["two byte order marks", '\ufeff\ufeff{"role":"reader"}'],
    ["a constructor call", 'Object({"role":"reader"})'],
    ["UTF-16, which reads as UTF-8 full of NUL", Buffer.from('{"role":"reader"}', "utf16le")],
  ])("row 8: malformed JSON is 422, by its place and never by its text: %s", async (_, content) => {
    const { app, seen } = recording();
    const answer = await ask(app, "POST /json", { body: content, headers: json });
    expect(answer.status).toBe(422);
    expect(answer.json().detail).toHaveLength(1);
    expect(answer.json().detail[0]).toMatchObject({ type: "json_invalid", input: {} });
    expect(answer.text).not.toMatch(/reader|admin/);
    expect(seen).toEqual([]);
  });

  test.each([
    ["a lone continuation byte", Buffer.from('{"role":"\x80"}', "latin1")],
    ["an overlong slash", Buffer.from('{"role":"\xc0\xaf"}', "latin1")],
    ["a surrogate in UTF-8", Buffer.from('{"role":"\xed\xa0\x80"}', "latin1")],
    ["UTF-16 with its mark", Buffer.from('\ufeff{"role":"reader"}', "utf16le")],
    ["a thousand lists in each other, and one more", Buffer.from("[".repeat(1001) + "]".repeat(1001))],
    ["a hundred thousand, never closed", Buffer.from("[".repeat(100_000))],
    ["objects as deep", Buffer.from(`${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`)],
  ])("row 8: what is no UTF-8, or too deep, is 400: %s", async (_, content) => {
    const { app, seen } = recording();
    const answer = await ask(app, "POST /json", { body: content, headers: json });
    expect([answer.status, answer.json()]).toEqual([400, { detail: "There was an error parsing the body" }]);
    expect(seen).toEqual([]);
  });

  test("row 8: one byte order mark is skipped, the last of equal keys is the one that is checked and handed on", async () => {
    const { app, seen } = recording();
    const send = (content: string) => ask(app, "POST /json", { body: content, headers: json });
    expect((await send('\ufeff{"role":"reader"}')).status).toBe(200);
    expect((await send('{"role":"admin","role":"reader"}')).status).toBe(200);
    expect((await send('{"role":"reader","role":"admin"}')).status).toBe(422);
    expect((await send('{"role":"reader","\\u0072ole":"admin"}')).status).toBe(422);
    expect(seen).toEqual([{ role: "reader" }, { role: "reader" }]);
  });

  test("row 8: no refusal echoes a secret, however the body is wrong", async () => {
    const app = new App();
    const Login = z.object({ name: z.string(), password: types.secret({ min: 20 }) });
    app.post("/json", { input: { login: Login } }, () => 1);
    app.post("/list", { input: { logins: z.array(Login) } }, () => 1);
    app.post("/embedded", { input: { login: body(Login), note: body(z.string()) } }, () => 1);
    app.post("/form", { input: { login: form(z.strictObject(Login.shape)) } }, () => 1);
    app.get("/query", { input: { token: types.secret({ min: 20 }), n: z.int() } }, () => 1);
    const wrong = [
      '{"name":1,"password":"hunter2"}',
      '{"password":"hunter2"}',
      '{"name":"a","password":["hunter2"]}',
      '{"name":"a","password":{"value":"hunter2"}}',
      '{"name":"a","password":"hunter2"',
      '"hunter2"',
    ];
    const sent: Record<string, string[]> = {
      "/json": [...wrong, '[{"password":"hunter2"}]'],
      "/list": [...wrong, ...wrong.map((each) => `[${each}]`), '{"logins":[{"password":"hunter2"}]}'],
      "/embedded": [...wrong.map((each) => `{"login":${each},"note":1}`), '["hunter2"]'],
      "/form": ["password=hunter2&more=x", "name=a&password=hunter2", "password=hunter2&password=hunter2"],
    };
    for (const [path, bodies] of Object.entries(sent)) {
      for (const content of bodies) {
        for (const type of ["application/json", "text/plain", "application/x-www-form-urlencoded"]) {
          const answer = await ask(app, `POST ${path}`, { body: content, headers: { "content-type": type } });
          expect(answer.status).toBe(422);
          expect(answer.text).not.toContain("hunter2");
        }
      }
    }
    const answer = await ask(app, "GET /query?token=hunter2&n=x");
    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain("hunter2");
  });
});
