/** Files of forms: what handlers get, what is refused in FastAPI's words, and how much is read. */
import { App, body, depends, file, form, post, request, router } from "apus";
import { types } from "apus/types";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";

const headers = { "content-type": "multipart/form-data; boundary=b" };
const part = (parameters: string, content = "x", more = ""): string =>
  `--b\r\nContent-Disposition: form-data; ${parameters}\r\n${more}\r\n${content}\r\n`;
const named = (name: string, content = "x"): string => part(`name="${name}"; filename="${name}.txt"`, content);
const sent = (...parts: readonly string[]) => ({ headers, body: `${parts.join("")}--b--` });

const Profile = z.object({
  name: z.string(),
  avatar: types.upload(),
  photos: z.array(types.upload()).max(2).default([]),
  age: z.int().optional(),
});

scenarios("Files of forms", (ask) => {
  const { found, report } = reports();
  const app = new App({ report }).include({
    one: post("/one", { input: { f: types.upload() } }, async ({ f }) => [f.name, f.type, f.size, await f.text()]),
    optional: post("/optional", { input: { f: types.upload().optional() } }, ({ f }) => f?.name ?? "none"),
    many: post("/many", { input: { f: z.array(types.upload()) } }, ({ f }) => f.map(({ name }) => name)),
    bytes: post("/bytes", { input: { f: file(types.bytes({ max: 3 })) } }, ({ f }) => [...f]),
    manyBytes: post("/many-bytes", { input: { f: file(z.array(types.bytes())) } }, ({ f }) =>
      f.map((each) => [...each]),
    ),
    zod: post("/zod", { input: { f: z.file().max(3).mime("text/plain") } }, ({ f }) => [f.name, f.size]),
    mixed: post("/mixed", { input: { f: types.upload(), n: form(z.int()) } }, ({ f, n }) => [f.name, n]),
    model: post("/model", { input: { profile: form(Profile) } }, ({ profile: { name, avatar, photos, age } }) => [
      name,
      avatar.name,
      photos.map((each) => each.name),
      age ?? null,
    ]),
    text: post("/text", { input: { t: form(z.string()) } }, ({ t }) => t),
    shared: post(
      "/shared",
      { input: { f: file(types.bytes()), size: depends({ f: types.upload() }, ({ f }) => f.size) } },
      ({ f, size }) => [f.length, size],
    ),
    before: post(
      "/before",
      {
        dependencies: [depends({ request }, async ({ request }) => void (await request.bytes()))],
        input: { f: types.upload() },
      },
      ({ f }) => f.size,
    ),
  });
  const answer = async (path: string, ...parts: readonly string[]): Promise<unknown> => {
    const { status, text } = await ask(app, `POST ${path}`, sent(...parts));
    return status === 200 ? (JSON.parse(text) as unknown) : [status, (JSON.parse(text) as { detail: unknown }).detail];
  };
  const told = async (path: string, ...parts: readonly string[]): Promise<unknown> => {
    const [status, problems] = (await answer(path, ...parts)) as [
      number,
      { type: string; loc: unknown; msg: string }[],
    ];
    return [status, ...problems.map(({ type, loc, msg }) => [type, loc, msg])];
  };

  test("an upload, chosen or not", async () => {
    expect(await answer("/one", part('name="f"; filename="a b.png"', "grüß", "Content-Type: image/png\r\n"))).toEqual([
      "a b.png",
      "image/png",
      6,
      "grüß",
    ]);
    expect(await answer("/one", part('name="f"; filename=""', ""))).toEqual(["", "", 0, ""]);
    expect(await answer("/optional", named("f"))).toBe("f.txt");
    expect([await answer("/optional"), await answer("/optional", part('name="f"', ""))]).toEqual(["none", "none"]);
    expect(await answer("/one", named("f", "first"), named("f", "last"))).toEqual(["f.txt", "", 4, "last"]);
  });

  test("several, their contents, and those that zod checks", async () => {
    expect(await answer("/many", named("f"), named("g"), named("f"))).toEqual(["f.txt", "f.txt"]);
    expect(await answer("/bytes", named("f", "\0\u0001"))).toEqual([0, 1]);
    expect(await answer("/bytes", part('name="f"', "ab"))).toEqual([97, 98]);
    expect(await answer("/many-bytes", named("f", "a"), part('name="f"', "b"))).toEqual([[97], [98]]);
    expect(await answer("/zod", part('name="f"; filename="a"', "abc", "Content-Type: text/plain\r\n"))).toEqual([
      "a",
      3,
    ]);
    expect(await answer("/shared", named("f", "abc"))).toEqual([3, 3]);
    expect(await answer("/before", named("f", "abc"))).toBe(3);
  });

  test("beside text, and in models", async () => {
    expect(await answer("/mixed", part('name="n"', "5"), named("f"))).toEqual(["f.txt", 5]);
    const profile = [part('name="name"', "Ada"), named("avatar")];
    expect(await answer("/model", ...profile)).toEqual(["Ada", "avatar.txt", [], null]);
    expect(await answer("/model", ...profile, named("photos"), named("photos"), part('name="age"', "36"))).toEqual([
      "Ada",
      "avatar.txt",
      ["photos.txt", "photos.txt"],
      36,
    ]);
  });

  test("what is missing or something else is told as FastAPI tells it", async () => {
    const noUpload = "Value error, Expected UploadFile, received: <class 'str'>";
    expect(await told("/one")).toEqual([422, ["missing", ["body", "f"], "Field required"]]);
    expect(await told("/one", part('name="f"'))).toEqual([422, ["value_error", ["body", "f"], noUpload]]);
    expect(await told("/many", named("f"), part('name="f"'))).toEqual([
      422,
      ["value_error", ["body", "f", 1], noUpload],
    ]);
    expect(await told("/bytes", named("f", "abcd"))).toEqual([
      422,
      ["bytes_too_long", ["body", "f"], "Data should have at most 3 bytes"],
    ]);
    expect(await told("/model", part('name="avatar"'))).toEqual([
      422,
      ["missing", ["body", "name"], "Field required"],
      ["value_error", ["body", "avatar"], noUpload],
    ]);
    expect(await told("/model", part('name="name"'), named("avatar"), ...[1, 2, 3].map(() => named("photos")))).toEqual(
      [422, ["too_long", ["body", "photos"], "List should have at most 2 items after validation, not 3"]],
    );
  });

  test("a file where text belongs is shown without its content", async () => {
    const disposition = 'form-data; name="t"; filename="t.txt"';
    expect(await answer("/text", named("t", "secret"))).toEqual([
      422,
      [
        {
          type: "string_type",
          loc: ["body", "t"],
          msg: "Input should be a valid string",
          input: { filename: "t.txt", size: 6, headers: { "content-disposition": disposition } },
        },
      ],
    ]);
  });

  test("what is no form", async () => {
    const send = async (content: string, type?: string): Promise<unknown> => {
      const { status, text } = await ask(app, "POST /one", {
        headers: type === undefined ? {} : { "content-type": type },
        body: content,
      });
      return [status, (JSON.parse(text) as { detail: unknown }).detail];
    };
    const invalid = [400, "There was an error parsing the body"];
    expect(await send("garbage", headers["content-type"])).toEqual(invalid);
    expect(await send(named("f"), headers["content-type"])).toEqual(invalid);
    expect(await send("x", "multipart/form-data")).toEqual([400, "Missing boundary in multipart."]);
    expect(await send(part("filename=x"), headers["content-type"])).toEqual([
      400,
      'The Content-Disposition header field "name" must be provided.',
    ]);
    for (const type of [undefined, "text/plain", "multipart/mixed; boundary=b"]) {
      expect(await send(`${named("f")}--b--`, type)).toMatchObject([422, [{ type: "missing" }]]);
    }
    expect(found).toEqual([]);
  });

  test("limits of the App, its routers and operations", async () => {
    const routes = router(
      {
        inner: post("/inner", { formLimits: { maxFields: 1 }, input: { f: types.upload() } }, () => "in"),
        large: post("/large", { formLimits: { maxFileSize: 4 }, input: { f: types.upload() } }, () => "in"),
      },
      { formLimits: { maxFiles: 1 } },
    );
    const limited = new App({ formLimits: { maxFields: 0, maxFiles: 3, maxPartSize: 1024 } }).include({
      routes,
      outer: post("/outer", { input: { f: z.array(types.upload()) } }, () => "in"),
      whole: post("/whole", { bodyLimit: 200, input: { f: types.upload() } }, () => "in"),
      plain: post("/plain", { formLimits: { maxFields: 2 }, input: { a: form(z.string()) } }, () => "in"),
    });
    const at = async (path: string, ...parts: readonly string[]): Promise<unknown> => {
      const { status, text } = await ask(limited, `POST ${path}`, sent(...parts));
      return status === 200 ? "in" : `${status} ${(JSON.parse(text) as { detail: string }).detail}`;
    };
    const field = part('name="a"');
    expect(await at("/inner", named("f"), field)).toBe("in");
    expect(await at("/inner", named("f"), field, field)).toBe("400 Too many fields. Maximum number of fields is 1.");
    expect(await at("/inner", named("f"), named("f"))).toBe("400 Too many files. Maximum number of files is 1.");
    expect(await at("/large", named("f", "12345"))).toBe("413 A file of the form is larger than 4 bytes");
    expect(await at("/outer", named("f"), named("f"), named("f"))).toBe("in");
    expect(await at("/outer", named("f"), field)).toBe("400 Too many fields. Maximum number of fields is 0.");
    expect(await at("/whole", named("f", "x".repeat(200)))).toBe("413 The request body is larger than 200 bytes");
    expect(await at("/plain", part('name="a"', "x".repeat(1025)))).toBe("400 Part exceeded maximum size of 1KB.");
    const urlencoded = { "content-type": "application/x-www-form-urlencoded" };
    for (const [content, status] of [
      ["a=1&b=2", 200],
      ["a=1&b=2&c=3", 400],
      [`a=${"x".repeat(1023)}`, 400],
    ] as const) {
      expect((await ask(limited, "POST /plain", { headers: urlencoded, body: content })).status).toBe(status);
    }
  });

  test("files may be larger than other bodies", async () => {
    const mebibytes = (count: number): string => "x".repeat(count * 1024 * 1024);
    expect(await answer("/optional", named("f", mebibytes(2)))).toBe("f.txt");
    expect(await answer("/text", part('name="t"', mebibytes(2)))).toEqual([
      413,
      "The request body is larger than 1048576 bytes",
    ]);
  });
});

describe("a declaration that cannot be meant stops the start", () => {
  test.each<[string, () => unknown, string]>([
    [
      "a file in JSON",
      () => post("/", { input: { a: body(z.object({ f: types.upload() })) } }, () => 1),
      "APUS_INPUT_TYPE",
    ],
    [
      "a file in an object without a marker",
      () => post("/", { input: { a: z.object({ f: z.file() }) } }, () => 1),
      "APUS_INPUT_TYPE",
    ],
    [
      "a file beside a JSON body",
      () => post("/", { input: { f: types.upload(), a: body(z.object({})) } }, () => 1),
      "APUS_FORM",
    ],
    ["file() around text", () => post("/", { input: { f: file(z.string()) } }, () => 1), "APUS_INPUT_TYPE"],
    ["file() around a model", () => post("/", { input: { f: file(Profile) } }, () => 1), "APUS_INPUT_TYPE"],
    ["an upload as an answer", () => post("/", { output: types.upload() }, () => 1 as never), "APUS_OUTPUT_TYPE"],
    [
      "a stream beside another body",
      () => post("/", { input: { s: body(types.stream()), a: body(z.int()) } }, () => 1),
      "APUS_INPUT_TYPE",
    ],
    [
      "a stream beside a form",
      () => post("/", { input: { s: body(types.stream()), a: form(z.string()) } }, () => 1),
      '"s" is the body as a stream, so nothing else can be read from it. Send "a" in the query or a header.',
    ],
    [
      "a stream beside a file",
      () => post("/", { input: { a: types.upload(), s: body(types.stream()) } }, () => 1),
      "APUS_INPUT_TYPE",
    ],
    [
      "a stream in an object",
      () => post("/", { input: { s: z.object({ s: types.stream() }) } }, () => 1),
      "APUS_INPUT_TYPE",
    ],
    ["a stream in a form", () => post("/", { input: { s: form(types.stream()) } }, () => 1), "APUS_INPUT_TYPE"],
    ["a limit that is no number", () => post("/", { formLimits: { maxFiles: Number.NaN } }, () => 1), "APUS_LIMIT"],
    ["a limit that there is not", () => post("/", { formLimits: { maxFile: 1 } as object }, () => 1), "APUS_OPTIONS"],
    [
      "a limit that is none",
      () => post("/", { formLimits: { maxPartHeaderSize: 65_537 } }, () => 1),
      "APUS_LIMIT: POST / (op): formLimits.maxPartHeaderSize is 65537; it can be 65536 at most.",
    ],
    [
      "a limit in the wrong place",
      () => post("/", { maxFileSize: 1 } as object, () => 1),
      "APUS_OPTIONS: POST /: there is no option `maxFileSize`; it belongs in `formLimits`: formLimits: { maxFileSize: … }",
    ],
    [
      "options of an upload",
      () => (types.upload as (options: object) => unknown)({ max: 5 }),
      "APUS_OPTIONS: types.upload() takes no options",
    ],
    [
      "file() around nothing",
      () => (file as () => unknown)(),
      "APUS_MARKER: file() takes a schema, as in file(types.upload())",
    ],
  ])("%s", async (_, declare, code) => {
    const app = new App();
    await expect((async () => app.include({ op: declare() as never }).startup())()).rejects.toThrow(code);
  });
});

test("a file that may be larger than the body is a warning", async () => {
  const app = new App({ formLimits: { maxFileSize: 40 * 1024 ** 2 } }).include({
    file: post("/file", { input: { f: types.upload() } }, () => 1),
    model: post("/model", { bodyLimit: 1000, input: { profile: form(Profile) } }, () => 1),
    raised: post("/raised", { bodyLimit: 41 * 1024 ** 2, input: { f: types.upload() } }, () => 1),
    lower: post("/lower", { formLimits: { maxFileSize: 5 }, input: { f: types.upload() } }, () => 1),
    text: post("/text", { input: { t: form(z.string()) } }, () => 1),
  });
  expect(await app.startup()).toEqual([
    "APUS_LIMIT: POST /file (file): formLimits.maxFileSize is 41943040, but bodyLimit, which holds for the whole form, is 33554432: larger files are refused. Raise both.",
    expect.stringMatching(/^APUS_LIMIT: POST \/model \(model\): .* is 1000: /),
  ]);
});

test("the document says multipart where there are files, and the component is called as FastAPI calls it", () => {
  const app = new App().include({
    one: post("/one", { input: { f: types.upload(), t: form(z.string()) } }, () => 1),
    model: post("/model", { input: { profile: form(Profile.meta({ id: "Profile" })) } }, () => 1),
    text: post("/text", { input: { t: form(z.string()) } }, () => 1),
    stream: post("/stream", { input: { s: body(types.stream(), { mediaType: "video/mp4" }) } }, () => 1),
  });
  const { paths, components } = app.openapi() as any;
  const contents = Object.values<any>(paths).map(({ post: { requestBody } }) => requestBody.content);
  const file = { type: "string", contentMediaType: "application/octet-stream" };
  expect(contents).toEqual([
    { "multipart/form-data": { schema: { $ref: "#/components/schemas/Body_one" } } },
    { "multipart/form-data": { schema: { $ref: "#/components/schemas/Profile" } } },
    { "application/x-www-form-urlencoded": { schema: { $ref: "#/components/schemas/Body_text" } } },
    { "video/mp4": { schema: file } },
  ]);
  expect(components.schemas.Body_one).toEqual({
    type: "object",
    properties: { f: file, t: { type: "string" } },
    required: ["f", "t"],
  });
});
