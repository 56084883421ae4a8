// JSON answers: checked and filtered by `output`, defaults filled in, everything else encoded; a mismatch is a logged 500.
import { App, encode } from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";

const Item = z.object({ name: z.string(), price: z.number().gt(0), tags: z.array(z.string()).default([]) });

scenarios("JSON answers", (ask) => {
  test("output filters to the declared keys and fills in defaults, at every depth", async () => {
    const app = new App();
    const stored = { name: "Swift", price: 3, password: "secret", parts: [{ id: 1, cost: 9 }] };
    const Part = z.object({ id: z.int(), note: z.string().default("none") });
    app.get("/", { output: Item.extend({ parts: z.array(Part) }) }, () => stored);
    const answer = await ask(app, "GET /");
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(answer.text).toBe('{"name":"Swift","price":3,"tags":[],"parts":[{"id":1,"note":"none"}]}');
  });

  test("a default is each request's own: changing one answer's list does not reach the next", async () => {
    const app = new App();
    app.post("/", { input: { item: Item }, output: Item }, ({ item }) => {
      item.tags.push("seen");
      return item;
    });
    for (let i = 0; i < 2; i++) {
      const answer = await ask(app, "POST /", { json: { name: "a", price: 1 } });
      expect(answer.json().tags).toEqual(["seen"]);
    }
  });

  test("a codec is turned round, and an invalid decoded value is a mismatch", async () => {
    const isoDate = z.codec(z.iso.datetime(), z.date(), {
      decode: (wire) => new Date(wire),
      encode: (date) => date.toISOString(),
    });
    const { found, report } = reports();
    const app = new App({ report });
    app.get("/good", { output: z.object({ at: isoDate }) }, () => ({ at: new Date(0) }));
    app.get("/bad", { output: z.object({ at: isoDate }) }, () => ({ at: "now" as unknown as Date }));
    expect((await ask(app, "GET /good")).json()).toEqual({ at: "1970-01-01T00:00:00.000Z" });
    expect((await ask(app, "GET /bad")).status).toBe(500);
    expect(found).toHaveLength(1);
  });

  test("a mismatch is answered without details and reported with operation, place and request", async () => {
    const { found, report } = reports();
    const app = new App({ report });
    const wrong = { name: "Swift", price: "secret-price" } as unknown as z.input<typeof Item>;
    app.get("/items/{id}", { input: { id: z.int() }, output: Item }, () => wrong);
    const answer = await ask(app, "GET /items/7?q=1");
    expect(answer.status).toBe(500);
    expect(answer.text).toBe("Internal Server Error");
    expect(answer.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ method: "GET", path: "/items/7" });
    const error = found[0]!.error as Error;
    expect(error.name).toBe("ResponseValidationError");
    expect(error.message).toMatch(/^APUS_OUTPUT_MISMATCH: GET \/items\/\{id\} .*response\.price/);
  });

  test("without output the value is written as it is: undefined is null, and JSON's own rules hold", async () => {
    const app = new App();
    app.get("/nothing", () => undefined);
    app.get("/null", () => null);
    app.get("/text", () => 'a "quoted" ü');
    app.get("/list", () => [1, undefined, { a: undefined, b: false }]);
    expect((await ask(app, "GET /nothing")).text).toBe("null");
    expect((await ask(app, "GET /null")).text).toBe("null");
    expect((await ask(app, "GET /text")).text).toBe('"a \\"quoted\\" ü"');
    expect((await ask(app, "GET /list")).text).toBe('[1,null,{"b":false}]');
  });

  test("Date, Set, Map, bigint, bytes, toJSON and classes are encoded", async () => {
    class Point {
      readonly x = 1;
      length(): number {
        return 1;
      }
    }
    const app = new App();
    const value = {
      at: new Date(0),
      tags: new Set(["a", new Date(1)]),
      map: new Map<unknown, unknown>([["k", new Set([1n])]]),
      big: 9007199254740991n,
      bigger: -12345678901234567890n,
      bytes: new TextEncoder().encode("ü"),
      point: new Point(),
      url: new URL("http://a.example/b"),
    };
    app.get("/", () => value);
    const expected = {
      at: "1970-01-01T00:00:00+00:00",
      tags: ["a", "1970-01-01T00:00:00.001000+00:00"],
      map: { k: [1] },
      big: 9007199254740991,
      bytes: "ü",
      point: { x: 1 },
      url: "http://a.example/b",
    };
    const { bigger, ...rest } = encode(value) as Record<string, unknown>;
    expect(rest).toEqual(expected);
    expect(bigger).toBe(-12345678901234567890n);
    const { text } = await ask(app, "GET /");
    expect(text).toContain('"bigger":-12345678901234567890,');
    expect(JSON.parse(text)).toMatchObject(expected);
  });

  test("output converts Date, Set, Map and bigint by their schemas", async () => {
    const app = new App();
    const output = z.object({
      at: z.date(),
      tags: z.set(z.string()),
      counts: z.map(z.string(), z.int()),
      big: z.bigint(),
      nothing: z.null(),
      maybe: z.string().optional(),
    });
    app.get("/", { output }, () => ({
      at: new Date(0),
      tags: new Set(["a"]),
      counts: new Map([["k", 2]]),
      big: 5n,
      nothing: null,
    }));
    expect((await ask(app, "GET /")).text).toBe(
      '{"at":"1970-01-01T00:00:00Z","tags":["a"],"counts":{"k":2},"big":5,"nothing":null}',
    );
  });

  test.each([
    ["NaN", () => [Number.NaN]],
    ["an infinity", () => Number.NEGATIVE_INFINITY],
    ["bytes that are no UTF-8", () => new Uint8Array([255])],
    ["a function", () => () => 1],
    ["a symbol", () => Symbol("s")],
    [
      "a cycle",
      () => {
        const cycle: Record<string, unknown> = {};
        cycle["self"] = cycle;
        return cycle;
      },
    ],
    ["an invalid Date", () => ({ at: new Date(Number.NaN) })],
  ])("%s has no JSON form: a reported 500", async (_, make) => {
    const { found, report } = reports();
    const app = new App({ report });
    app.get("/", () => make());
    const answer = await ask(app, "GET /");
    expect([answer.status, answer.text]).toEqual([500, "Internal Server Error"]);
    expect(found).toHaveLength(1);
  });

  test("status 201 goes with the value, 204, 205 and 304 never with a body", async () => {
    const app = new App();
    app.post("/", { status: 201, output: Item }, () => ({ name: "a", price: 1 }));
    app.del("/", { status: 204 }, () => ({ left: "over" }));
    app.put("/", { status: 205 }, () => "text");
    app.patch("/", { status: 304 }, () => "text");
    const created = await ask(app, "POST /");
    expect([created.status, created.json()]).toEqual([201, { name: "a", price: 1, tags: [] }]);
    for (const [line, status] of [
      ["DELETE /", 204],
      ["PUT /", 205],
      ["PATCH /", 304],
    ] as const) {
      const answer = await ask(app, line);
      // The type is there although the body is not, as in FastAPI.
      const { "content-type": type, "content-length": length } = answer.headers;
      expect([answer.status, answer.text, type, length]).toEqual([status, "", "application/json", undefined]);
    }
  });

  test("HEAD answers as GET does, headers and length included, without the body, through the same plan", async () => {
    const app = new App();
    let calls = 0;
    app.get("/items/{id}", { input: { id: z.int() } }, ({ id }) => {
      calls++;
      return { id, text: "ü" };
    });
    const get = await ask(app, "GET /items/3");
    const head = await ask(app, "HEAD /items/3");
    expect([head.status, head.text]).toEqual([200, ""]);
    expect(head.headers).toEqual(get.headers);
    expect(head.headers["content-length"]).toBe("20");
    expect(calls).toBe(2);
    expect((await ask(app, "HEAD /items/x")).status).toBe(422);
    expect((await ask(app, "HEAD /nowhere")).status).toBe(404);
  });

  test("an async iterator or a promise that rejects is a reported 500", async () => {
    const { found, report } = reports();
    const app = new App({ report });
    async function* numbers(): AsyncGenerator<number> {
      yield 1;
    }
    app.get("/stream", () => numbers());
    app.get("/rejects", () => Promise.reject(new Error("secret")));
    expect((await ask(app, "GET /stream")).status).toBe(500);
    const rejected = await ask(app, "GET /rejects");
    expect([rejected.status, rejected.text]).toEqual([500, "Internal Server Error"]);
    expect(found.map(({ error }) => (error as Error).message.split(":")[0])).toEqual(["APUS_GENERATOR", "secret"]);
  });
});
