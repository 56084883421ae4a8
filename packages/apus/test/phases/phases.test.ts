// The four phases of a plan: guards, the body, the other dependencies, the handler.
import { App, body, depends, header, HTTPException } from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

const json = { "content-type": "application/json" };
const Item = z.object({ name: z.string() });
const locs = (answer: { json(): { detail: { loc: unknown }[] } }): unknown[] =>
  answer.json().detail.map(({ loc }) => loc);

scenarios("Phases", (ask) => {
  const make = () => {
    const lines: string[] = [];
    const log = (line: string): number => lines.push(line);
    const token = depends({ x_token: header(z.string()) }, ({ x_token }) => {
      log("guard");
      if (x_token !== "good") throw new HTTPException(401);
    });
    const used = depends({ limit: z.int().default(1) }, () => log("dependency"));
    const app = new App();
    app.post("/", { dependencies: [token], input: { item: Item, q: z.int().optional(), used } }, () => log("handler"));
    return { app, lines };
  };

  test("a refusal comes before the body is looked at: malformed, too large or invalid, it is the same 401", async () => {
    const { app, lines } = make();
    for (const content of ["{", '{"name":1}', `"${"x".repeat(2 * 1024 * 1024)}"`]) {
      const answer = await ask(app, "POST /?q=x", { body: content, headers: { ...json, "x-token": "bad" } });
      expect([answer.status, answer.json()]).toEqual([401, { detail: "Unauthorized" }]);
    }
    expect(lines).toEqual(["guard", "guard", "guard"]);
  });

  test("after a guard that lets through, the body is parsed, then dependencies run, then the handler", async () => {
    const { app, lines } = make();
    const headers = { ...json, "x-token": "good" };
    const malformed = await ask(app, "POST /", { body: "{", headers });
    expect(malformed.status).toBe(422);
    expect(malformed.json().detail[0]).toMatchObject({ type: "json_invalid", loc: ["body", 1] });
    expect(lines.splice(0)).toEqual(["guard"]);
    const invalid = await ask(app, "POST /?q=x&limit=y", { body: '{"name":1}', headers });
    expect(locs(invalid)).toEqual([
      ["query", "limit"],
      ["query", "q"],
      ["body", "name"],
    ]);
    expect(lines.splice(0)).toEqual(["guard"]);
    expect((await ask(app, "POST /", { body: '{"name":"a"}', headers })).status).toBe(200);
    expect(lines).toEqual(["guard", "dependency", "handler"]);
  });

  test("invalid inputs of a guard are reported together with those of the parameters, without the body", async () => {
    const { app, lines } = make();
    const answer = await ask(app, "POST /?q=x", { body: "{", headers: json });
    expect(answer.status).toBe(422);
    expect(locs(answer)).toEqual([
      ["header", "x-token"],
      ["query", "q"],
    ]);
    expect(lines).toEqual([]);
  });

  test("a guard that needs the body runs after it", async () => {
    const lines: string[] = [];
    const app = new App();
    const early = depends(() => lines.push("early"));
    const signed = depends({ item: body(Item) }, ({ item }) => lines.push(`signed ${item.name}`));
    const onSigned = depends({ signed }, () => lines.push("on signed"));
    app.post("/", { dependencies: [onSigned, early], input: { item: body(Item) } }, () => lines.push("handler"));
    expect((await ask(app, "POST /", { json: {} })).status).toBe(422);
    expect(lines.splice(0)).toEqual(["early"]);
    expect((await ask(app, "POST /", { json: { name: "a" } })).status).toBe(200);
    expect(lines).toEqual(["early", "signed a", "on signed", "handler"]);
  });

  test("what a guard needs runs before the body, even where another dependency asked for it first", async () => {
    const lines: string[] = [];
    const app = new App();
    const session = depends(() => lines.push("session"));
    const plain = depends({ session }, () => lines.push("plain"));
    const guard = depends({ session }, () => {
      lines.push("guard");
      throw new HTTPException(403);
    });
    const guarded = depends(() => lines.push("guarded"), { dependencies: [guard] });
    app.post("/", { input: { plain, guarded, item: Item } }, () => lines.push("handler"));
    expect((await ask(app, "POST /", { body: "{", headers: json })).status).toBe(403);
    expect(lines).toEqual(["session", "guard"]);
  });

  test("a guard of a dependency whose inputs are invalid keeps the dependency from running", async () => {
    const lines: string[] = [];
    const app = new App();
    const guard = depends({ x_token: header(z.string()) }, () => lines.push("guard"));
    const spend = depends(() => lines.push("spend"), { dependencies: [guard] });
    app.get("/", { dependencies: [spend] }, () => lines.push("handler"));
    expect((await ask(app, "GET /")).status).toBe(422);
    expect(lines).toEqual([]);
    expect((await ask(app, "GET /", { headers: { "x-token": "1" } })).status).toBe(200);
    expect(lines).toEqual(["guard", "spend", "handler"]);
  });

  test("bodies of an operation and of its dependencies are keys of one object", async () => {
    const app = new App();
    const note = depends({ note: body(z.object({ text: z.string() })) }, ({ note: value }) => value.text);
    app.post("/", { input: { item: Item, note } }, ({ item, note: text }) => [item.name, text]);
    const sent = { item: { name: "a" }, note: { text: "b" } };
    expect((await ask(app, "POST /", { json: sent })).json()).toEqual(["a", "b"]);
    expect(locs(await ask(app, "POST /", { json: { item: {} } }))).toEqual([
      ["body", "note"],
      ["body", "item", "name"],
    ]);
  });
});

test("a refusal does not touch the body's stream", async () => {
  let pulled = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulled++;
        controller.enqueue(new TextEncoder().encode("{}"));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const app = new App();
  const closed = depends(() => {
    throw new HTTPException(403);
  });
  app.post("/", { dependencies: [closed], input: { item: z.object({}) } }, () => 1);
  const init = { method: "POST", body: stream, headers: json, duplex: "half" } as RequestInit;
  const request = new Request("http://testserver/", init);
  expect((await app.fetch(request)).status).toBe(403);
  expect([request.bodyUsed, pulled]).toEqual([false, 0]);
});
