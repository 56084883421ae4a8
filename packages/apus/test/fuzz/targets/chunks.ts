/** Bodies in chunks against RFC 9112, section 7.1, read as one text; and cut at every place: the same in any pieces. */
import { RequestBody } from "../../../src/server/http1/body.ts";
import { Chunks } from "../../../src/server/http1/chunks.ts";
import type { Random } from "../random.ts";
import { holds, same, type Target } from "../target.ts";
import { cuts } from "./http-head.ts";
import { chunksByRule } from "./http-rules.ts";

interface Input {
  readonly text: string;
  /** How large the pieces are in which a reader of the body gets it. */
  readonly pieces: number;
}

/** What was found: the content, where it ends, and what is wrong with it. */
type Found = readonly [content: string, end: number | undefined, wrong: string | undefined];

const sizes = ["0", "1", "3", "a", "A", "0003", "00", "g", "", "-1", "+1", "0x1", " 1", "1 ", "1\t", "ffffffffffff", "0000000000003", "fffffffffffffffff", "\u00b2"]; // prettier-ignore
const extensions = [";", ";a", ";a=b", ';a="b;\\"c"', "; a = b", ";a=", ";a=b;c", ";;a", ';a="', ';a="b"c', ';a="\\', ';="b"', ';a="b";c=d', " ;a", ";a;b", ";\u00e9", ";\0", ";a\n", ";\r", ";\u007f", ",a"]; // prettier-ignore
const trailers = ["X: y", "X:", "x:y\t", "Content-Length: 9", "transfer-Encoding:", "Content-Lengt: 9", "x-Content-Length: 9", "GET / HTTP/1.1", "X", ": y", " X: y", "X : y", "X: \0", "X: y\nZ: z", "\u00e9: y", "x"]; // prettier-ignore
const tokens = ["\r\n", "\r", "\n", "\r\n\r\n", "0", "0\r\n\r\n", "0\r\n", ";", "1", "f", "a\r\n", "3\r\nabc\r\n", " ", "\t", "\0", "x: y\r\n"]; // prettier-ignore

/** A body in chunks, most of the time one that is complete. */
export function chunked(random: Random): string {
  const odd = (): boolean => random.oneIn(12);
  const chunk = (): string => {
    const data = random.oneIn(3) ? random.latin1(20) : random.text(20, "ab\r\n0;");
    const size = odd() ? random.pick(sizes) : data.length.toString(16);
    return data.length === 0 ? "" : `${size}${random.oneIn(6) ? random.pick(extensions) : ""}\r\n${data}${odd() ? random.pick(["\n", "\r", "", "\r\n\r\n"]) : "\r\n"}`; // prettier-ignore
  };
  const parts = random.list(5, chunk).join("");
  const ends = random.list(2, () => `${random.pick(trailers)}${random.oneIn(20) ? "\n" : "\r\n"}`).join("");
  const last = random.oneIn(8) ? random.pick(["00", "000000000000", "0000000000000", "0;a", "", "0 "]) : "0";
  const text = `${parts}${last}\r\n${random.oneIn(3) ? ends : ""}${random.oneIn(20) ? "\n" : "\r\n"}`;
  return random.oneIn(4) ? random.mutated(text, tokens) : text;
}

/** What has more than a body may have beside its content. */
function long(random: Random): string {
  const size = 16_000 + random.int(800);
  const extension = `2;${"e".repeat(random.pick([0, 300, size]))}\r\nab\r\n`;
  const lines = `${"x".repeat(random.int(9) + 1)}:\r\n`.repeat(random.pick([0, 50, 1400, 6000]));
  return `${extension}0${random.oneIn(2) ? `;${"f".repeat(random.pick([300, size]))}` : ""}\r\n${lines}\r\nGET`;
}

function input(random: Random): Input {
  const text = random.oneIn(400) ? long(random) : random.oneIn(20) ? random.written(["0\r\n\r\n"], tokens) : `${chunked(random)}${random.pick(["", "GET", "\r\n"])}`; // prettier-ignore
  return { text, pieces: 1 + random.size(9) };
}

/** @param borders Where one piece ends and the next begins. */
function read(bytes: Uint8Array, borders: readonly number[]): Found {
  const chunks = new Chunks();
  const content: Buffer[] = [];
  for (let i = 0, from = 0; i <= borders.length; i++) {
    const to = borders[i] ?? bytes.length;
    const end = chunks.read(bytes, from, to, (start, stop) => content.push(Buffer.from(bytes.subarray(start, stop))));
    if (chunks.ended || chunks.broken !== undefined) {
      return [Buffer.concat(content).toString("latin1"), chunks.ended ? end : undefined, chunks.broken];
    }
    holds("a piece that is not the last is read to its end", end === to);
    from = to;
  }
  return [Buffer.concat(content).toString("latin1"), undefined, undefined];
}

/** What somebody gets who reads the body, and who takes it as a whole. */
async function taken(text: string, size: number): Promise<[pieces: string, whole: string]> {
  const bodies = [new RequestBody(-1, () => {}), new RequestBody(-1, () => {})] as const;
  const whole = new Promise<string>((resolve) => {
    bodies[0].collect(2 ** 30, (bytes) => resolve(Buffer.from(bytes).toString("latin1")), () => resolve("failed")); // prettier-ignore
  });
  const pieces = (async (): Promise<string> => {
    let found = "";
    try {
      for await (const piece of { [Symbol.asyncIterator]: () => bodies[1].stream(2 ** 30) }) found += Buffer.from(piece).toString("latin1"); // prettier-ignore
      return found;
    } catch {
      return "failed";
    }
  })();
  for (const body of bodies) {
    const bytes = Buffer.from(text, "latin1");
    for (let at = 0; at < bytes.length && !body.ended; at += size) {
      const piece = bytes.subarray(at, at + size);
      body.feed(piece, 0, piece.length);
      if (body === bodies[1] && at % 3 === 0) await Promise.resolve();
    }
    body.fail(new Error("the client left"));
  }
  return [await pieces, await whole];
}

export const chunks: Target<Input, Promise<{ readonly found: readonly Found[]; readonly taken: readonly string[] }>> = {
  name: "chunks",
  cost: 4,
  make: input,
  async read({ text, pieces }) {
    const bytes = Buffer.from(text, "latin1");
    const single = Array.from({ length: Math.max(0, bytes.length - 1) }, (_, i) => i + 1);
    const found = [
      [],
      single,
      ...cuts(text.length)
        .slice(1)
        .map((at) => [at]),
    ].map((borders) => read(bytes, borders));
    return { found, taken: await taken(text, Math.max(1, pieces)) };
  },
  judge({ text }, told) {
    const { content, end, wrong } = chunksByRule(text);
    const [whole, ...cut] = told.found;
    same("the body", whole, [content, end, wrong]);
    for (const each of cut) same("the body in other pieces", each, whole);
    for (const each of told.taken) same("what its reader gets", each, end === undefined ? "failed" : content);
  },
  series: [
    (size) => ({ text: "1\r\na\r\n".repeat(size / 6), pieces: size }),
    (size) => ({ text: "1\r\na\r\n".repeat(size / 6), pieces: 1 }),
    (size) => ({ text: `${size.toString(16)}\r\n${"a".repeat(size)}\r\n0\r\n\r\n`, pieces: 7 }),
    (size) => ({ text: `1${";a".repeat(Math.min(8000, size / 2))}\r\n${"a".repeat(size)}`, pieces: 3 }),
    (size) => ({ text: `0\r\n${"x:\r\n".repeat(size / 4)}`, pieces: 3 }),
  ],
};
