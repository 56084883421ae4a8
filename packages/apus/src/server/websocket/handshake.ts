/** The opening handshake of a WebSocket (RFC 6455, section 4): whether a request is one, and what is wrong with it. */
import { isToken } from "../../exchange/index.ts";
import type { Head } from "../head-incoming.ts";
import type { Refusal } from "../refusal.ts";

/** What a handshake says, once. */
export interface Handshake {
  readonly key: string;
  readonly protocols: readonly string[];
}

/**
 * Whether a request asks for a WebSocket. With HTTP/1.0, and where `Connection` does not name it, `Upgrade` means nothing
 * (RFC 9110, section 7.8).
 */
export function asksForWebSocket(head: Pick<Head, "minor" | "headerLines">): boolean {
  return (
    head.minor > 0 &&
    listOf(head.headerLines("upgrade")).some(isWebSocket) &&
    listOf(head.headerLines("connection")).some(isUpgrade)
  );
}

/** 16 random bytes in base64. */
const sixteenBytes = /^[A-Za-z0-9+/]{22}==$/;

/** Reads a request that asks for a WebSocket. */
export function handshakeOf(head: Head): Handshake | Refusal {
  if (head.method !== "GET") {
    return { status: 405, detail: "A WebSocket handshake is a GET request", headers: ["allow", "GET"] };
  }
  // What follows the headers are frames already; somebody on the way may have taken them for a body.
  if (
    head.headerLines("transfer-encoding").length > 0 ||
    head.headerLines("content-length").some((each) => each !== "0")
  ) {
    return wrong("A WebSocket handshake has no body");
  }
  const versions = head.headerLines("sec-websocket-version");
  if (versions.length !== 1 || versions[0] !== "13") {
    return {
      status: 426,
      detail: "The only WebSocket version spoken here is 13",
      headers: ["sec-websocket-version", "13", "upgrade", "websocket"],
    };
  }
  const [key = "", ...more] = head.headerLines("sec-websocket-key");
  if (more.length > 0 || !sixteenBytes.test(key)) return wrong("Sec-WebSocket-Key has to be 16 bytes in base64");
  const protocols = listOf(head.headerLines("sec-websocket-protocol"));
  if (!protocols.every(isToken) || new Set(protocols).size < protocols.length) {
    return wrong("Sec-WebSocket-Protocol has to list names, each of them once");
  }
  return { key, protocols };
}

/** A protocol may come with a version: `websocket/13` is none that is spoken. */
function isWebSocket(protocol: string): boolean {
  return protocol.toLowerCase() === "websocket";
}

function isUpgrade(option: string): boolean {
  return option.toLowerCase() === "upgrade";
}

/** The items of a header that is a list; empty ones count for nothing (RFC 9110, section 5.6.1). */
function listOf(lines: readonly string[]): string[] {
  return lines
    .flatMap((line) => line.split(","))
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

function wrong(detail: string): Refusal {
  return { status: 400, detail };
}
