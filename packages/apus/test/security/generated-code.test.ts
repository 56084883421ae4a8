// Code that is made of declarations: no word of theirs becomes a statement, no request makes any, and where none may be made
// every answer is the same.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { App, body, get, header, post, query } from "apus";
import { testClient } from "apus/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";

const real = globalThis.Function;
const mayGenerate = ((): boolean => {
  try {
    return new real("return true")() === true;
  } catch {
    return false;
  }
})();

/** The sources that were generated since the test began. */
let sources: string[] = [];
let booms = 0;

beforeEach(() => {
  sources = [];
  booms = 0;
  Object.assign(globalThis, { boom: () => ++booms });
  globalThis.Function = new Proxy(real, {
    construct(target, given: string[]) {
      sources.push(given.at(-1)!);
      return Reflect.construct(target, given);
    },
  });
});
afterEach(() => {
  globalThis.Function = real;
  Reflect.deleteProperty(globalThis, "boom");
});

/** Texts that end a literal, a comment or a statement somewhere, and then say something. */
const hostile = [
  `"+boom()+"`,
  `'+boom()+'`,
  "`${boom()}`",
  "${boom()}",
  `\\"+boom()//`,
  `\\\\"+boom()//`,
  `"]);boom();(["`,
  "}boom();{",
  "*/boom()/*",
  "//\nboom()",
  "\nboom()\n",
  "\r\nboom()\r\n",
  "\u2028boom()\u2028",
  "\u2029boom()\u2029",
  "\u0085boom()",
  "\0boom()",
  "</script><script>boom()</script>",
  "<!--boom()\n-->boom()",
  "\ud800boom()",
  "\udc00\ud800boom()",
  "constructor.constructor('boom()')()",
  "(()=>boom())()",
  "\\u0022+boom()+\\u0022",
  "boom()",
  "__proto__",
  "constructor",
  "return boom()",
  "//# sourceURL=x\nboom()",
];

/** What is left of a source without its text literals and its last line, the comment that names it. */
function statements(source: string): string {
  const lines = source.split("\n");
  const code = lines.at(-1)!.startsWith("//# sourceURL=") ? lines.slice(0, -1).join("\n") : source;
  return code.replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '""');
}

const own = (key: string, schema: z.ZodType): Record<string, z.ZodType> =>
  Object.defineProperty({}, key, { value: schema, enumerable: true, configurable: true, writable: true });
/** The text with U+FFFD for each half of a character, which no address can hold. */
const wellFormed = (text: string): string => new TextDecoder().decode(new TextEncoder().encode(text));
const json = { "content-type": "application/json" };

test.each(hostile)("row 42: the text %j is text wherever a declaration may hold it", async (word) => {
  const Model = z.object({
    ...own(word, z.literal(word)),
    enumerated: z.enum([word, "other"]).default(word),
    literals: z.literal([word, 1]).optional(),
    text: z.string().default(word).describe(word),
    pattern: z
      .string()
      .regex(new RegExp(word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")))
      .optional(),
    starts: z.string().startsWith(word, word).optional(),
    includes: z.string().includes(word).optional(),
    refined: z
      .string()
      .refine((value) => value !== word, word)
      .optional(),
    mapping: z.record(z.enum([word, "b"]), z.int()).optional(),
    rest: z.object(own(word, z.int().optional())).catchall(z.literal(word)).optional(),
    tagged: z
      .discriminatedUnion(word, [z.object(own(word, z.literal(word))), z.object(own(word, z.literal("b")))])
      .optional(),
    union: z.union([z.object(own(word, z.int())), z.object(own(`${word}2`, z.string()))]).optional(),
  });
  const app = new App({ title: word, description: word, report: () => {} });
  const path = `/${word.replaceAll(/[{}/]/g, "_")}/{id}`;
  const options = { name: word, operationId: word, summary: word, description: word, tags: [word] };
  app.include(
    post(
      path as "/{id}",
      { ...options, input: { id: z.string(), item: body(Model) }, output: Model },
      ({ item }) => item as never,
    ),
  );
  app.include(
    get(
      "/parameters",
      { input: { q: query(z.enum([word]).optional(), { alias: word }), h: header(z.string().default(word)) } },
      (all) => all,
    ),
  );
  const client = testClient(app);
  const target = `/${encodeURIComponent(wellFormed(path.slice(1, -5)))}/1`;
  const sent = JSON.parse(
    `{${JSON.stringify(word)}:${JSON.stringify(word)},"enumerated":${JSON.stringify(word)},"literals":${JSON.stringify(word)},"starts":${JSON.stringify(word)},"includes":${JSON.stringify(word)},"tagged":{${JSON.stringify(word)}:${JSON.stringify(word)}},"union":{${JSON.stringify(word)}:1}}`,
  ) as object;
  // A path of lone surrogates cannot be asked for, and one of a NUL is refused.
  const asked = path === wellFormed(path) && !path.includes("\0") && !/\\/.test(path);
  const text = JSON.stringify(sent);
  if (asked && word !== "__proto__") {
    const answer = await client.post(target, { body: text, headers: json });
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({ ...sent, text: word });
  }
  for (const content of [
    text,
    "{}",
    `{${JSON.stringify(word)}:1}`,
    `{"text":${JSON.stringify(word)},"refined":${JSON.stringify(word)}}`,
  ]) {
    await client.post(target, { body: content, headers: json });
  }
  expect((await client.get("/parameters")).json()).toEqual({ h: word });
  expect((await client.get("/docs")).text).not.toContain("<script>boom");
  expect((await client.get("/openapi.json")).status).toBe(200);
  expect(booms).toBe(0);
  if (mayGenerate && asked) expect(sources.length).toBeGreaterThanOrEqual(word === "__proto__" ? 1 : 2);
  for (const source of sources) expect(statements(source)).not.toMatch(/boom|script/);
});

test("row 42: requests make no code, whatever they hold; not even code that could be evaluated", async () => {
  const app = new App({ report: () => {} });
  const Item = z.looseObject({
    kind: z.string().default("x"),
    list: z.array(z.record(z.string(), z.unknown())).optional(),
  });
  app.post(
    "/{id}",
    { input: { id: z.string(), q: z.string().optional(), item: Item }, output: Item },
    ({ item }) => item,
  );
  const client = testClient(app, { raiseServerErrors: false });
  const send = (word: string) => {
    const content = JSON.stringify({
      kind: word,
      [word]: word,
      list: [{ [word]: word }],
      "~standard": { validate: word },
      _zod: { def: { type: word } },
    });
    return client.post(`/${encodeURIComponent(wellFormed(word))}`, {
      body: content,
      headers: json,
      query: { q: word },
    });
  };
  await send("first");
  const before = sources.length;
  for (const word of hostile) await send(word);
  expect(sources.length).toBe(before);
  expect(before).toBe(mayGenerate ? 3 : 0);
  expect(booms).toBe(0);
});

describe("without code generation", () => {
  const condition = process.env["APUS_TEST_BUILT"] === "1" ? [] : ["--conditions=@apus/source"];
  const run = promisify(execFile);
  const answers = async (...flags: string[]): Promise<string[]> => {
    const file = fileURLToPath(new URL("two-forms.ts", import.meta.url));
    const given = [...flags, "--import", "tsx", ...condition, file];
    const { stdout } = await run(process.execPath, given, { maxBuffer: 256 * 1024 * 1024 });
    return stdout.trimEnd().split("\n");
  };

  test("row 43: every answer of an app is the same where code is generated and where it is forbidden", async () => {
    const [generated, interpreted] = await Promise.all([answers(), answers("--disallow-code-generation-from-strings")]);
    expect([generated.shift(), interpreted.shift()]).toEqual(["generated", "interpreted"]);
    expect(generated.length).toBeGreaterThan(20_000);
    expect(interpreted.length).toBe(generated.length);
    const different = generated.flatMap((line, i) => (line === interpreted[i] ? [] : [[line, interpreted[i]]]));
    expect(different.slice(0, 5)).toEqual([]);
    // Both ways were gone: what fits, what does not, and what fails.
    const statuses = new Set(generated.map((line) => (JSON.parse(line) as [string, number])[1]));
    expect([...statuses].toSorted((a, b) => a - b)).toEqual([200, 422, 500]);
    // Nothing but an answer that does not fit is a failure: no request is.
    const failed = generated.filter((line) => (JSON.parse(line) as [string, number])[1] === 500);
    expect(failed.filter((line) => !/^\["(?:output|round) /.test(line))).toEqual([]);
  }, 240_000);
});
