/** Sends an answer. */
import { BodyReadError, forbidsBody, knownBytes, Pace, type Answer, type Exchange } from "../../exchange/index.ts";
import { date } from "../date.ts";
import { answerHead, type AnswerHead } from "./answer.ts";
import type { Output } from "./output.ts";

/** The connection that an answer goes out on. */
export interface Sending {
  readonly output: Output;
  /** The digit behind `HTTP/1.` of the request. */
  readonly minor: number;
  /** Whether the connection ends with the answer; set where the answer itself says so. */
  last: boolean;
  /** The lines that say that the connection is kept, and how long. */
  readonly keptAlive: string;
  /** What ends the stream of the answer when its client has left. */
  cancel: (() => void) | undefined;
  /** Tells that the answer is written. @param complete Whether all of it is; else the connection is over. */
  sent(complete: boolean): void;
  /** Tells that a stream has ended, and the connection may go on. */
  goOn(): void;
}

export function sendAnswer(sending: Sending, answer: Answer, exchange: Exchange): void {
  const { output } = sending;
  const { status, body } = answer;
  let head;
  try {
    head = answerHead(status, answer.headers);
  } catch (error) {
    console.error("apus: an answer could not be sent\n", error);
    if (body instanceof ReadableStream) void body.cancel().catch(() => {});
    output.cut();
    return sending.sent(false);
  }
  const bodiless = exchange.method === "HEAD" || forbidsBody(status);
  let size: number | undefined;
  if (typeof body === "string") size = knownBytes(body) ?? Buffer.byteLength(body);
  else if (body === null) size = forbidsBody(status) ? undefined : 0;
  else if (body instanceof Uint8Array) size = body.byteLength;
  else size = answer.length;
  if (status < 200 || status === 204) size = undefined;
  // An answer of status 205 has no body, and says so as one that has none (RFC 9110, section 15.3.6).
  const isStream = size === undefined && (status === 205 || (body !== null && !forbidsBody(status)));
  const chunked = isStream && sending.minor === 1;
  // A client of HTTP/1.0 knows the end of such a body by the end of the connection.
  const last = sending.last || head.closes || (isStream && !chunked);
  if (last) sending.last = true;
  const lines = linesOf(head, size, chunked, last ? "Connection: close\r\n\r\n" : sending.keptAlive);
  if (typeof body === "string" && head.ascii && !bodiless) {
    output.write(lines, lines.length + size!, body);
    return sending.sent(true);
  }
  if (head.ascii) output.write(lines);
  else output.writeBytes(Buffer.from(lines, "latin1"));
  if (body instanceof ReadableStream) {
    if (!bodiless) return void stream(sending, body, { chunked, size }, exchange);
    void body.cancel().catch(() => {});
  } else if (body !== null && !bodiless) output.writeBytes(typeof body === "string" ? Buffer.from(body) : body);
  if (status === 205 && chunked && exchange.method !== "HEAD") output.write("0\r\n\r\n");
  sending.sent(true);
}

function linesOf(head: AnswerHead, size: number | undefined, chunked: boolean, connection: string): string {
  const end = endOf(connection, head.dated);
  const { written } = head;
  if (written !== undefined && written.size === size && written.end === end && !chunked) return written.text;
  if (chunked) return `${head.text}transfer-encoding: chunked\r\n${end}`;
  const text = size === undefined ? head.text + end : `${head.text}content-length: ${size}\r\n${end}`;
  if (head.shared) head.written = { size, end, text };
  return text;
}

let written = { date: "", connection: "", text: "" };

/** The last lines: nearly always the same for a second. */
function endOf(connection: string, dated: boolean): string {
  if (dated) return connection;
  const now = date();
  if (written.date !== now || written.connection !== connection) {
    written = { date: now, connection, text: `Date: ${now}\r\n${connection}` };
  }
  return written.text;
}

/** Sends a stream no faster than the client takes it. */
async function stream(
  sending: Sending,
  body: ReadableStream<Uint8Array>,
  { chunked, size }: { readonly chunked: boolean; readonly size: number | undefined },
  exchange: Exchange,
): Promise<void> {
  const { output } = sending;
  const { course } = exchange;
  const reader = body.getReader();
  const pace = new Pace();
  let left = false;
  let rest = size;
  output.begun = true;
  sending.cancel = () => {
    left = true;
    reader.cancel(new BodyReadError("The client left")).catch(() => {});
  };
  // The first piece may be long in coming, and the client is to know that its request was taken.
  output.flush();
  try {
    for (;;) {
      const turn = pace.rest();
      if (turn !== undefined) await turn;
      if (output.blocked) await output.room();
      if (left) break;
      const { done, value } = await reader.read();
      if (done || left) break;
      if (!(value instanceof Uint8Array))
        throw new TypeError("The stream of an answer gives bytes, and gave something else");
      if (rest !== undefined && (rest -= value.byteLength) < 0)
        throw new TypeError("The stream gave more than was announced");
      if (value.byteLength > 0) output.writeBytes(chunked ? chunkOf(value) : value.slice());
    }
    if (!left && rest !== undefined && rest > 0) throw new TypeError("The stream gave less than was announced");
    if (!left && chunked) output.write("0\r\n\r\n");
    output.begun = false;
    sending.sent(!left);
    sending.goOn();
  } catch (error) {
    if (!left) {
      // What makes its items while it is sent has told of its errors itself.
      if (course.broken === undefined && course.interrupted === undefined) exchange.tell(error);
      course.broken ??= { error };
      reader.cancel(error).catch(() => {});
    }
    output.begun = false;
    sending.sent(false);
    output.breakOff(chunked || size !== undefined);
    sending.goOn();
  }
}

/** A piece with its size before it. */
function chunkOf(value: Uint8Array): Buffer {
  const size = Buffer.from(`${value.byteLength.toString(16)}\r\n`, "latin1");
  return Buffer.concat([size, value, lineBreak]);
}

const lineBreak = Buffer.from("\r\n", "latin1");
