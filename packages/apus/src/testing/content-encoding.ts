/** Undoes the compression of an answer, as clients do that announce it: the test client's usual headers do. */
import { Duplex } from "node:stream";
import {
  brotliDecompressSync,
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  gunzipSync,
  inflateSync,
} from "node:zlib";

/** Node's types of web streams are not those of the platform, which they are. */
type Pair = ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>;

interface Coding {
  readonly decode: (bytes: Uint8Array) => Uint8Array;
  readonly stream: () => Duplex;
}

/** What has come of an answer that broke off is read as far as it goes. */
const zlib = { finishFlush: constants.Z_SYNC_FLUSH };
const brotli = { finishFlush: constants.BROTLI_OPERATION_FLUSH };
const gzip: Coding = { decode: (bytes) => gunzipSync(bytes, zlib), stream: () => createGunzip(zlib) };
const codings: ReadonlyMap<string, Coding> = new Map([
  ["gzip", gzip],
  ["x-gzip", gzip],
  ["deflate", { decode: (bytes) => inflateSync(bytes, zlib), stream: () => createInflate(zlib) }],
  ["br", { decode: (bytes) => brotliDecompressSync(bytes, brotli), stream: () => createBrotliDecompress(brotli) }],
]);

/** The codings of an answer, the one applied last first. None where one is unknown: then it stays as it is. */
function codingsOf(headers: Headers): Coding[] {
  const named = (headers.get("content-encoding") ?? "").split(",").map((each) => each.trim().toLowerCase());
  const known = named.flatMap((each) => codings.get(each) ?? []);
  return known.length === named.length ? known.toReversed() : [];
}

/** @returns The same bytes where the answer says no coding, one that nobody knows, or one that they are not in. */
export function decoded(bytes: Uint8Array, headers: Headers): Uint8Array {
  if (bytes.byteLength === 0) return bytes;
  try {
    return codingsOf(headers).reduce((coded, { decode }) => decode(coded), bytes);
  } catch {
    return bytes;
  }
}

/** @returns A Response whose body is what was compressed, with the headers as they were sent, as the platform's `fetch` gives it. */
export function decodedResponse(response: Response): Response {
  const { body, status, statusText, headers } = response;
  const found = codingsOf(headers);
  if (body === null || found.length === 0) return response;
  const plain = found.reduce((coded, { stream }) => coded.pipeThrough(Duplex.toWeb(stream()) as Pair), body);
  return new Response(plain, { status, statusText, headers });
}
