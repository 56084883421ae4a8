/** Forms from chunks: texts and files, their names and charsets, and every limit while they arrive. */
import { describe, expect, test } from "vitest";
import { BodyReadError, type Host, type Spool } from "../exchange/index.ts";
import { usualLimits, type FormLimits } from "./form-limits.ts";
import { readMultipart } from "./read-multipart.ts";
import { Upload } from "./upload.ts";

const type = "multipart/form-data; boundary=b";
const field = (name: string, value: string): string =>
  `--b\r\nContent-Disposition: form-data; ${name}\r\n\r\n${value}\r\n`;
const encoder = new TextEncoder();

async function* chunksOf(text: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === "string" ? encoder.encode(text) : text;
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** Pairs; of files their name, headers and content. */
async function read(
  body: string | Uint8Array,
  { limits = {}, host, contentType = type }: { limits?: Partial<FormLimits>; host?: Host; contentType?: string } = {},
): Promise<unknown[]> {
  const form = await readMultipart(chunksOf(body), contentType, { ...usualLimits, ...limits }, host);
  return Promise.all(
    form.pairs.map(async (each) => (each instanceof Upload ? [each.name, each.type, await each.text()] : each)),
  );
}

/** A host whose temporary files are in memory, so that a test sees what becomes of them. */
function spooling(): { host: Host; spools: { text: string; removed: boolean }[] } {
  const spools: { text: string; removed: boolean }[] = [];
  const spool = (): Promise<Spool> => {
    const pieces: Uint8Array[] = [];
    const state = { text: "", removed: false };
    spools.push(state);
    return Promise.resolve({
      write(piece) {
        pieces.push(piece.slice());
        state.text += new TextDecoder().decode(piece);
        return Promise.resolve();
      },
      blob: () => Promise.resolve(new Blob(pieces as BlobPart[])),
      remove() {
        state.removed = true;
        return Promise.resolve();
      },
    });
  };
  return { host: { asset: () => Promise.reject(new Error("none")), spool }, spools };
}

describe("names and values", () => {
  test("texts and files, in order, repeated names apart", async () => {
    const body = `${field('name="a"', "1")}${field('name="f"; filename="x.txt"', "one")}${field('name="a"', "2")}--b--`;
    expect(await read(body)).toEqual(["a", "1", "f", ["x.txt", "", "one"], "a", "2"]);
  });

  test.each([
    ['name=""', ["", "v"]],
    ["name=bare", ["bare", "v"]],
    ['NAME = "spaced"', ["spaced", "v"]],
    ['name="semi;colon"', ["semi;colon", "v"]],
    ['name="quo\\"te\\\\"', ['quo"te\\', "v"]],
    ['name="first"; name="last"', ["last", "v"]],
    ['name="日本"', ["日本", "v"]],
    ['name="%22"', ["%22", "v"]],
    ['name="__proto__"', ["__proto__", "v"]],
    ["name=\"a\"; filename*=UTF-8''x.txt", ["a", "v"]],
    ['name="a"; filename=""', ["a", ["", "", "v"]]],
    ['name="a"; filename', ["a", ["", "", "v"]]],
    ['name="a"; filename="日本.txt"', ["a", ["日本.txt", "", "v"]]],
    ['name="a"; filename="../../etc/passwd"', ["a", ["passwd", "", "v"]]],
    ['name="a"; filename="C:\\\\dir\\\\b.txt"', ["a", ["b.txt", "", "v"]]],
  ])("%s", async (disposition, pairs) => {
    expect(await read(`${field(disposition, "v")}--b--`)).toEqual(pairs);
  });

  test("a part without a name, without a disposition, and with two", async () => {
    const nameless = 'The Content-Disposition header field "name" must be provided.';
    await expect(read(`${field("filename=x", "v")}--b--`)).rejects.toMatchObject({ status: 400, message: nameless });
    await expect(read("--b\r\n\r\nv\r\n--b--")).rejects.toMatchObject({ status: 400, message: nameless });
    const two = "Content-Disposition: form-data; name=a\r\n".repeat(2);
    await expect(read(`--b\r\n${two}\r\nv\r\n--b--`)).rejects.toMatchObject({
      message: "There was an error parsing the body",
    });
  });

  test("the type and the other headers of a file", async () => {
    const headers =
      'Content-Disposition: form-data; name="f"; filename="x"\r\nContent-Type: Text/Plain\r\n__proto__: y';
    const { pairs } = await readMultipart(chunksOf(`--b\r\n${headers}\r\n\r\nv\r\n--b--`), type, usualLimits);
    const [, file] = pairs as [string, Upload];
    expect([
      file.type,
      file.headers["content-type"],
      Object.keys(file.headers),
      Object.getPrototypeOf(file.headers),
    ]).toEqual(["text/plain", "Text/Plain", ["content-disposition", "content-type", "__proto__"], null]);
    expect(JSON.parse(JSON.stringify(file))).toMatchObject({ filename: "x", size: 1 });
  });

  test.each([
    ["", "grüß"],
    ["; charset=utf-8", "grüß"],
    ["; charset=latin-1", "grÃ¼Ã\u009f"],
    ["; charset=ISO_8859-1", "grÃ¼Ã\u009f"],
    ["; charset=ascii", "grÃ¼Ã\u009f"],
    ["; charset=bogus", "grÃ¼Ã\u009f"],
    ["; charset=koi8-r", "grц╪ц÷"],
  ])("the charset of the request%s", async (charset, text) => {
    expect(await read(`${field("name=a", "grüß")}--b--`, { contentType: type + charset })).toEqual(["a", text]);
  });

  test("what is no UTF-8 is Latin-1", async () => {
    const body = new Uint8Array([
      ...encoder.encode("--b\r\nContent-Disposition: x; name=a\r\n\r\n"),
      0xff,
      ...encoder.encode("\r\n--b--"),
    ]);
    expect(await read(body)).toEqual(["a", "ÿ"]);
  });

  test("a boundary is needed", async () => {
    await expect(read("", { contentType: "multipart/form-data" })).rejects.toMatchObject({
      message: "Missing boundary in multipart.",
    });
    expect(await read("", { contentType: 'Multipart/Form-Data;boundary="b"' })).toEqual([]);
  });
});

describe("limits", () => {
  const file = (content: string): string => field("name=f; filename=x", content);
  test.each<
    [what: string, limits: Partial<FormLimits>, fits: string, exceeds: string, status: number, message: string]
  >([
    [
      "fields",
      { maxFields: 2 },
      field("name=a", "").repeat(2),
      field("name=a", "").repeat(3),
      400,
      "Too many fields. Maximum number of fields is 2.",
    ],
    [
      "files",
      { maxFiles: 2 },
      file("").repeat(2),
      file("").repeat(3),
      400,
      "Too many files. Maximum number of files is 2.",
    ],
    [
      "a field",
      { maxPartSize: 2048 },
      field("name=a", "x".repeat(2048)),
      field("name=a", "x".repeat(2049)),
      400,
      "Part exceeded maximum size of 2KB.",
    ],
    [
      "all fields",
      { maxFieldsSize: 9 },
      field("name=a", "xxx").repeat(3),
      field("name=a", "xxx").repeat(4),
      413,
      "The fields of the form are larger than 9 bytes",
    ],
    [
      "a file",
      { maxFileSize: 9 },
      file("x".repeat(9)).repeat(2),
      file("x".repeat(10)),
      413,
      "A file of the form is larger than 9 bytes",
    ],
    [
      "headers",
      { maxPartHeaderSize: 50 },
      field("name=a", ""),
      field("name=aaaaaaaaaaaaaaaaaaaaaaaaaa", ""),
      400,
      "There was an error parsing the body",
    ],
  ])("%s", async (_, limits, fits, exceeds, status, message) => {
    await expect(read(`${fits}--b--`, { limits })).resolves.toBeInstanceOf(Array);
    await expect(read(`${exceeds}--b--`, { limits })).rejects.toMatchObject({ status, message });
  });

  test("hold before the end is seen: 100,000 parts are not read", async () => {
    let taken = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; taken < 100_000; taken++) yield encoder.encode(field("name=a", ""));
    }
    await expect(readMultipart(endless(), type, usualLimits)).rejects.toMatchObject({ status: 400 });
    expect(taken).toBeLessThan(1_010);
  });
});

describe("temporary files", () => {
  const file = (content: string): string => field("name=f; filename=x", content);
  const limits = { spoolSize: 10 };

  test("hold what does not fit into the memory of the request", async () => {
    const { host, spools } = spooling();
    const body = `${file("small")}${file("larger than ten")}${file("abc")}${file("more")}--b--`;
    const form = await readMultipart(chunksOf(body), type, { ...usualLimits, ...limits }, host);
    const files = form.pairs.filter((each) => each instanceof Upload);
    expect(await Promise.all(files.map((each) => each.text()))).toEqual(["small", "larger than ten", "abc", "more"]);
    expect(spools.map(({ text }) => text)).toEqual(["larger than ten", "more"]);
    expect(spools.some(({ removed }) => removed)).toBe(false);
    await form.remove!();
    expect(spools.every(({ removed }) => removed)).toBe(true);
  });

  test("are not asked for where there is no need, and not needed where there are none", async () => {
    const { host, spools } = spooling();
    expect((await readMultipart(chunksOf(`${file("x")}--b--`), type, usualLimits, host)).remove).toBeUndefined();
    expect(spools).toEqual([]);
    expect(await read(`${file("larger than ten")}--b--`, { limits })).toEqual(["f", ["x", "", "larger than ten"]]);
  });

  test.each<[string, () => AsyncGenerator<Uint8Array>, object]>([
    [
      "the body is cut short",
      async function* () {
        yield encoder.encode(file("larger than ten"));
        throw new BodyReadError("cut");
      },
      { message: "cut" },
    ],
    [
      "it is no form after all",
      async function* () {
        yield encoder.encode(`${file("larger than ten")}--b\r\nx`);
      },
      { status: 400 },
    ],
    [
      "a limit is exceeded",
      async function* () {
        yield encoder.encode(file("larger than ten") + field("name=a", "x".repeat(99)));
      },
      { status: 400 },
    ],
  ])("go at once when %s", async (_, chunks, error) => {
    const { host, spools } = spooling();
    async function* cut(): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunks()) for (let at = 0; at < chunk.length; at += 5) yield chunk.subarray(at, at + 5);
    }
    await expect(
      readMultipart(cut(), type, { ...usualLimits, ...limits, maxPartSize: 50 }, host),
    ).rejects.toMatchObject(error);
    expect(spools.map(({ removed }) => removed)).toEqual([true]);
  });
});
