/** Types of the wire in requests and answers: numbers to the last digit, and secrets that nobody sees. The 422s are FastAPI's. */
import { App, form, header, query } from "apus";
import { types } from "apus/types";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

const headers = { "content-type": "application/json" };

const Amount = z.object({ amount: types.decimal({ maxDigits: 8, decimalPlaces: 2, ge: 0 }), big: z.bigint() });
const Model = z.object({
  price: types.decimal(),
  big: types.bigint().nullable().default(null),
  amounts: z.array(Amount).default([]),
  any: z.unknown().optional(),
});

scenarios("types of the wire", (ask) => {
  function app(): App {
    const made = new App();
    made.post("/model", { input: { model: Model }, output: Model }, ({ model }) => model);
    made.post("/int", { input: { n: z.object({ n: z.int(), big: z.bigint().optional() }) } }, ({ n }) => n);
    made.get(
      "/query",
      { input: { ids: query(types.set(types.bigint())), at: types.json(z.array(z.int())) } },
      (given) => given,
    );
    made.post(
      "/login",
      { input: { user: form(z.string()), password: form(types.secret({ min: 8 })) } },
      (given) => given,
    );
    made.post("/account", { input: { account: z.object({ name: z.string(), password: types.secret() }) } }, () => 1);
    const Keys = z.object({ key: types.secret(), page: z.int() });
    made.get("/models", { input: { filter: query(Keys), keys: header(Keys) } }, () => 1);
    return made;
  }

  describe("numbers of JSON are exact both ways", () => {
    test.each([
      ['{"price": 1}', '{"price":"1","big":null,"amounts":[]}'],
      ['{"price": 1.0}', '{"price":"1.0","big":null,"amounts":[]}'],
      [
        '{"price": 123456789012345678901234567890, "big": -9223372036854775809}',
        '{"price":"123456789012345678901234567890","big":-9223372036854775809,"amounts":[]}',
      ],
      ['{"price": 1e22, "big": 1e3}', '{"price":"1E+22","big":1000,"amounts":[]}'],
      ['{"price": "0.10", "big": 1, "any": [1.0, 5]}', '{"price":"0.10","big":1,"amounts":[],"any":[1,5]}'],
      [
        '{"price": 1, "amounts": [{"amount": 12.5, "big": 18446744073709551616}]}',
        '{"price":"1","big":null,"amounts":[{"amount":"12.5","big":18446744073709551616}]}',
      ],
    ])("%s", async (body, text) => {
      expect(await ask(app(), "POST /model", { body, headers })).toMatchObject({ status: 200, text });
    });

    test.each([
      [
        '{"price": 1, "amounts": [{"amount": 1.234, "big": 99999999999999999999}]}',
        '{"detail":[{"type":"decimal_max_places","loc":["body","amounts",0,"amount"],"msg":"Decimal input should have no more than 2 decimal places","input":1.234,"ctx":{"decimal_places":2}}]}',
      ],
      [
        '{"big": 99999999999999999999}',
        '{"detail":[{"type":"missing","loc":["body","price"],"msg":"Field required","input":{"big":99999999999999999999}}]}',
      ],
      [
        '{"price": 1, "amounts": 99999999999999999999}',
        '{"detail":[{"type":"list_type","loc":["body","amounts"],"msg":"Input should be a valid list","input":99999999999999999999}]}',
      ],
      [
        '{"price": 1, "big": 1e22}',
        '{"detail":[{"type":"int_parsing_size","loc":["body","big"],"msg":"Unable to parse input string as an integer, exceeded maximum size","input":1e+22}]}',
      ],
    ])("%s is refused", async (body, text) => {
      expect(await ask(app(), "POST /model", { body, headers })).toMatchObject({ status: 422, text });
    });

    test("an integer of more than 4300 digits is unreadable, as in Python", async () => {
      const body = `{"price": ${"1".repeat(4301)}}`;
      expect(await ask(app(), "POST /model", { body, headers })).toMatchObject({
        status: 400,
        text: '{"detail":"There was an error parsing the body"}',
      });
    });

    test("z.int() beside a bigint ends where it always ends", async () => {
      const answer = await ask(app(), "POST /int", {
        body: '{"n": 9007199254740993, "big": 9007199254740993}',
        headers,
      });
      expect([answer.status, answer.text]).toEqual([
        422,
        '{"detail":[{"type":"less_than_equal","loc":["body","n"],"msg":"Input should be less than or equal to 9007199254740991","input":9007199254740993,"ctx":{"le":9007199254740991}}]}',
      ]);
    });
  });

  test("in the query: sets of repeated keys, and JSON in one value", async () => {
    const answer = await ask(app(), "GET /query?ids=1&ids=18446744073709551616&ids=1&at=[1,2]");
    expect(answer.text).toBe('{"ids":[1,18446744073709551616],"at":[1,2]}');
    expect((await ask(app(), "GET /query?ids=x&at=[")).json()).toMatchObject({
      detail: [
        { type: "int_parsing", loc: ["query", "ids", 0] },
        { type: "json_invalid", loc: ["query", "at"], input: "[" },
      ],
    });
  });

  test("a parameter model shows what was sent without its secrets", async () => {
    const answer = await ask(app(), "GET /models?key=horse&other=1", { headers: { key: "horse", page: "x" } });
    expect(answer.text).not.toContain("horse");
    expect(answer.json()).toMatchObject({
      detail: [
        { type: "missing", loc: ["query", "page"], input: { key: "**********", other: "**********" } },
        { type: "int_parsing", loc: ["header", "page"], input: "x" },
      ],
    });
  });

  test("a secret is nowhere in an answer", async () => {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const taken = await ask(app(), "POST /login", { body: "user=a&password=correct-horse", headers: form });
    expect(taken.text).toBe('{"user":"a","password":"**********"}');
    for (const [line, body, type] of [
      ["POST /login", "user=a&password=horse", form],
      ["POST /account", '{"password": "horse"}', headers],
      ["POST /account", '{"name": 5, "password": ["horse"]}', headers],
      ["POST /account", '{"name": "a", "password": "horse"}', { "content-type": "text/plain" }],
    ] as const) {
      const answer = await ask(app(), line, { body, headers: type });
      expect([answer.status, answer.text.includes("horse"), answer.text.includes("**********")]).toEqual([
        422,
        false,
        true,
      ]);
    }
  });
});
