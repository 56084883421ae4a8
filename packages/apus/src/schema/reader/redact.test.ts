/** A secret is never echoed, wherever what failed holds it. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { refusals, reading } from "../../../test/rooms/reading.ts";
import { types } from "../../types/index.ts";

const { json, secret, set } = types;

const word = "hunter2-the-password";
const mask = "**********";
const Login = z.object({ name: z.string(), password: secret({ min: 8 }) });

interface Tree {
  key?: string | undefined;
  next: Tree | null;
}
const Tree: z.ZodType<unknown, Tree> = z.object({
  key: secret().optional(),
  get next() {
    return Tree.nullable();
  },
});

/** Every input that is echoed. */
function echoes(schema: z.ZodType, value: unknown): unknown[] {
  const found = reading(schema, value);
  return "problems" in found ? found.problems.map((each) => each.input) : ["accepted"];
}

describe("what is echoed", () => {
  test.each<[string, z.ZodType, unknown, unknown[]]>([
    ["the secret itself", secret(), 12345678, [mask]],
    ["one that is too short", Login, { name: "a", password: "short" }, [mask]],
    ["its parent, where a sibling is missing", Login, { password: word }, [{ password: mask }]],
    ["an unknown key beside it", Login, { password: word, other: 1 }, [{ password: mask, other: mask }]],
    ["one level too deep", Login, { login: { name: "a", password: word } }, [{ login: mask }, { login: mask }]],
    [
      "an object two levels up",
      z.object({ login: Login, n: z.int() }),
      { login: { password: word } },
      [{ password: mask }, { login: { password: mask } }],
    ],
    [
      "a list",
      z.array(Login).max(1),
      [{ password: word }, { password: word }],
      [[{ password: mask }, { password: mask }]],
    ],
    ["a tuple", z.tuple([secret(), z.int()]), [word], [[mask]]],
    ["a record", z.record(z.string(), secret()).refine(() => false), { a: word }, [{ a: mask }]],
    ["a set", set(secret(), { max: 0 }), [word], [[mask]]],
    ["a rest", z.object({ n: z.int() }).catchall(secret()), { a: word }, [{ a: mask }]],
    ["null, which is no secret", Login, { name: "a", password: null }, [null]],
    [
      "a union's every member",
      z.union([Login, z.object({ n: z.int(), password: z.string() })]),
      { password: word },
      [{ password: mask }, { password: mask }],
    ],
    [
      "a tagged union",
      z.discriminatedUnion("k", [z.object({ k: z.literal("a"), p: secret() })]),
      { k: "b", p: word },
      [{ k: "b", p: mask }],
    ],
    [
      "an intersection",
      z.intersection(Login, z.object({ n: z.int() })),
      { name: "a", password: word },
      [{ name: "a", password: mask }],
    ],
    [
      "a refinement of the whole",
      Login.refine(() => false),
      { name: "a", password: word },
      [{ name: "a", password: mask }],
    ],
    ["what has not the shape", Login, `name=a&password=${word}`, [mask]],
    ["a list in its place", Login, [word], [mask]],
    ["a text that holds JSON", json(Login), `{"password": "${word}"`, [mask]],
    ["the inside of that text", json(Login), `{"password": "${word}"}`, [{ password: mask }]],
    ["a preprocessed value", z.preprocess((given) => given, Login), { password: word }, [{ password: mask }]],
    ["a wrapped one", Login.optional().nullable().default(null).readonly(), { password: word }, [{ password: mask }]],
    ["a schema that holds itself", Tree, { next: { key: word, next: { key: word, next: 5 } } }, [mask]],
    ["one further up in it", Tree, { key: word }, [{ key: mask }]],
  ])("%s", (_, schema, value, expected) => {
    const found = echoes(schema, value);
    expect(found).toEqual(expected);
    expect(JSON.stringify(found)).not.toContain(word);
  });
});

test("nothing is hidden where nothing is secret", () => {
  expect(echoes(z.object({ password: z.string(), n: z.int() }), { password: word })).toEqual([{ password: word }]);
  expect(refusals(Login, { password: word })).toEqual(["name missing"]);
});

test("what many problems echo is hidden once", () => {
  const names = Array.from({ length: 50 }, (_, i) => `field${i}`);
  const schema = z.object({ ...Object.fromEntries(names.map((name) => [name, z.int()])), key: secret() });
  const found = echoes(schema, { key: word });
  expect(found).toHaveLength(50);
  expect(new Set(found).size).toBe(1);
});
