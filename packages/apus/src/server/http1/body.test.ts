import { describe, expect, it } from "vitest";
import { RequestBody } from "./body.ts";

const body = (length: number): RequestBody => new RequestBody(length, () => {});

/** Feeds a text in pieces of a size; tells what of it did not belong to the body. */
function fed(to: RequestBody, text: string, size: number): string {
  const bytes = Buffer.from(text, "latin1");
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    const end = to.feed(piece, 0, piece.length);
    if (end < piece.length || to.ended) return bytes.toString("latin1", at + end);
  }
  return "";
}

const all = (from: RequestBody, limit = 1_000): Promise<string> =>
  new Promise((resolve, reject) =>
    from.collect(limit, (bytes) => resolve(Buffer.from(bytes).toString("latin1")), reject),
  );

describe.each([1, 2, 3, 7, 1_000])("in pieces of %i bytes", (size) => {
  it.each([
    [3, "abcGET", "abc"],
    [-1, "0\r\n\r\nGET", ""],
    [-1, "3\r\nabc\r\n0\r\n\r\nGET", "abc"],
    [-1, 'A\r\n0123456789\r\n1;x="y\\"";z;a=b\r\na\r\n000\r\nX: y\r\nZ:\r\n\r\nGET', "0123456789a"],
  ])("%i: %j holds %j, and what follows does not belong to it", async (length, text, content) => {
    const one = body(length);
    const found = all(one);
    expect(fed(one, text, size)).toBe("GET");
    expect(await found).toBe(content);
  });

  it.each([
    "\r\n",
    "g\r\n",
    "-1\r\n",
    "1 \r\n",
    "0x1\r\n",
    ";\r\n",
    "1\n",
    "1\r1",
    "1\r\nab\r\n",
    "1\r\na\n",
    "1;\x00\r\n",
    "1;\r\n",
    "1;=\r\n",
    "1;a=\r\n",
    "1; a\r\n",
    "1;a b\r\n",
    '1;a="b\r\n',
    '1;a="\\"\r\n',
    '1;a="b"c\r\n',
    '1;a="\n"\r\n',
    "0\r\nX\r\n\r\n",
    "0\r\n: y\r\n\r\n",
    "0\r\nX : y\r\n\r\n",
    "0\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "0\r\nX: y\r\nContent-length: 1\r\n\r\n",
    "0\r\nTransfer-Encoding:\r\n\r\n",
    "0\r\nX: \x00\r\n\r\n",
    "0\r\n\n",
    "0\r\n X: y\r\n\r\n",
    "0\r\nX: y\n\r\n",
    "0\r\n\r1",
    "1000000000000\r\n",
  ])("the chunks %j are none", async (text) => {
    const one = body(-1);
    const found = all(one);
    fed(one, text, size);
    expect(one.broken).toBe("malformed");
    await expect(found).rejects.toThrow("malformed");
  });
});

it("extensions have an end", () => {
  const one = body(-1);
  fed(one, `1;${"a".repeat(17_000)}\r\n`, 1_000);
  expect(one.broken).toBe("extensions");
});

it.each(["a:\r\n", `a: ${"b".repeat(1_000)}\r\n`])("trailers have an end, however short they are: %j", (line) => {
  const one = body(-1);
  fed(one, `0\r\n${line.repeat(Math.floor(16_384 / line.length))}`, 1_000);
  expect(one.broken).toBe(undefined);
  fed(one, line, 1_000);
  expect(one.broken).toBe("malformed");
});

it.each([
  ["what is announced", 5, ""],
  ["what has arrived", -1, "5\r\nabcde\r\n"],
])("the limit is for %s", async (_, length, text) => {
  const one = body(length);
  fed(one, text, 100);
  await expect(all(one, 4)).rejects.toThrow("larger than 4 bytes");
});

it("a limit that is exceeded later is told when it is, and nothing more is kept", async () => {
  const one = body(-1);
  const found = all(one, 4);
  fed(one, "4\r\nabcd\r\n1\r\ne\r\n", 100);
  await expect(found).rejects.toThrow("larger than 4 bytes");
  expect(fed(one, "5\r\nabcde\r\n0\r\n\r\nGET", 100)).toBe("GET");
});

it("a body that ends too early fails for whoever reads it", async () => {
  const [whole, pieces] = [body(5), body(5)];
  const found = all(whole);
  for (const each of [whole, pieces]) {
    fed(each, "ab", 100);
    each.fail(new Error("cut short"));
  }
  await expect(found).rejects.toThrow("cut short");
  const stream = pieces.stream(100);
  expect(await stream.next()).toMatchObject({ done: false, value: Buffer.from("ab") });
  await expect(stream.next()).rejects.toThrow("cut short");
});

it("is read piece by piece as it arrives, and is full while nobody reads", async () => {
  let paced = 0;
  const one = new RequestBody(200_000, () => paced++);
  const stream = one.stream(1_000_000);
  const first = stream.next();
  fed(one, "x".repeat(70_000), 70_000);
  expect((await first).value?.byteLength).toBe(70_000);
  fed(one, "x".repeat(70_000), 70_000);
  expect(one.full).toBe(true);
  const before = paced;
  expect((await stream.next()).value?.byteLength).toBe(70_000);
  expect([one.full, paced > before, one.long]).toEqual([false, true, false]);
  fed(one, "x".repeat(60_000), 60_000);
  expect((await stream.next()).value?.byteLength).toBe(60_000);
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});

it("who lets go of it ends it at once, also while a piece is waited for", async () => {
  const one = body(10);
  const stream = one.stream(100);
  const waiting = stream.next();
  await stream.return!();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(fed(one, "0123456789GET", 100)).toBe("GET");
});
