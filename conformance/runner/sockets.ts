// Runs recorded WebSocket steps through the framework's test client, the connections of a case by their numbers.
import { WebSocketDenial, type TestClient, type TestWebSocket } from "apus/testing";
import { compare, type Captured, type Mismatch } from "./match.ts";
import type { SocketStep } from "./vector.ts";

type Expected = NonNullable<SocketStep["expect"]>;
/** What became of a step, in the words of the recording. */
type Outcome = Omit<Expected, "app_raises">;

export class Sockets {
  readonly #open = new Map<number, TestWebSocket>();

  /** Carries out one step. @returns How it differs from what was recorded. */
  async run({ ws, expect = {} }: SocketStep, client: TestClient, captured: Captured): Promise<Mismatch[]> {
    const { app_raises: _, ...expected } = expect;
    const outcome = ws.op === "connect" ? await this.#connect(ws, client) : await this.#step(ws);
    return compare(expected, outcome, "", captured);
  }

  /** Lets all clients go that have not left. */
  async close(): Promise<void> {
    for (const socket of this.#open.values()) await socket.close();
    this.#open.clear();
  }

  async #connect(ws: SocketStep["ws"], client: TestClient): Promise<Outcome> {
    // A recorded handshake says all its cookies.
    client.cookies.clear();
    const { id, path = "/", query, headers, cookies, subprotocols } = ws;
    try {
      this.#open.set(id, await client.websocket(path, { query, headers, cookies, subprotocols }));
      return { accepted: true };
    } catch (error) {
      return refusal(error);
    }
  }

  async #step({ op, id, data, code }: SocketStep["ws"]): Promise<Outcome> {
    const socket = this.#open.get(id);
    if (socket === undefined) throw new Error(`the connection ${id} was not opened`);
    try {
      if (op === "send_text") await socket.sendText(String(data));
      else if (op === "send_bytes") await socket.sendBytes(Buffer.from(String(data)));
      else if (op === "send_json") await socket.sendJson(data);
      else if (op === "receive_text") return { text: await socket.receiveText() };
      else if (op === "receive_bytes") return { bytes: Buffer.from(await socket.receiveBytes()).toString() };
      else if (op === "receive_json") return { json: await socket.receiveJson() };
      else {
        this.#open.delete(id);
        await socket.close(code);
      }
      return {};
    } catch (error) {
      return refusal(error);
    }
  }
}

/** An error of the client as what was recorded of it. @throws What is none of those. */
function refusal(error: unknown): Outcome {
  if (error instanceof WebSocketDenial && error.code !== 1006) {
    const { detail } = error.response.json<{ detail: unknown }>();
    // FastAPI's reason is the list of errors itself, which no network could carry; ours is told in full by the answer.
    return { closed: { code: error.code, reason: Array.isArray(detail) ? detail : error.reason } };
  }
  if (error instanceof WebSocketDenial) {
    const { status, headers, text } = error.response;
    const json = headers.get("content-type")?.includes("json") === true;
    return { denied: { status, ...(json ? { json: error.response.json<unknown>() } : { text }) } };
  }
  if (!(error instanceof Error)) throw error;
  if (error.name === "WebSocketDisconnect") {
    const { code, reason } = error as Error & { readonly code: number; readonly reason: string };
    return { closed: { code, reason } };
  }
  return { raises: { type: error.name, message: error.message } };
}
