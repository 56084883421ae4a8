/** What a socket says when it accepts, checked: the subprotocol has to be one that the client offers, the headers its own. */
import { ApusError, checkOptionNames } from "../diagnostic/index.ts";
import { checkedHeader, type Pairs } from "../exchange/index.ts";
import type { AcceptOptions } from "./socket.ts";

interface Acceptable {
  readonly subprotocol: string | undefined;
  readonly headers: Pairs;
}

/** The headers of a handshake that only the server says. */
const reserved = /^(?:sec-websocket-.*|connection|upgrade)$/;

/**
 * @param offered What the client offers, `spoken` what the socket speaks: the first that is both stands where nobody says another.
 * @throws ApusError for what no 101 can say.
 */
export function acceptable(options: AcceptOptions, offered: readonly string[], spoken: readonly string[]): Acceptable {
  checkOptionNames("socket.accept()", options, ["subprotocol", "headers"]);
  const { subprotocol, headers = {} } = options;
  if (subprotocol !== undefined && !offered.includes(subprotocol)) {
    throw new ApusError(
      `APUS_SOCKET_STATE: The subprotocol ${JSON.stringify(subprotocol)} is none that the client offers; it would give the connection up.`,
    );
  }
  const pairs: string[] = [];
  for (const [given, value] of Object.entries(headers)) {
    const name = checkedHeader(given, value);
    if (reserved.test(name)) {
      throw new ApusError(
        `APUS_HEADER: the header "${name}" of an accepted socket is the server's; a subprotocol is said by accept({ subprotocol }).`,
      );
    }
    pairs.push(name, value);
  }
  return { subprotocol: subprotocol ?? usualSubprotocol(offered, spoken), headers: pairs };
}

/** The subprotocol that stands where `accept` says no other. */
export function usualSubprotocol(offered: readonly string[], spoken: readonly string[]): string | undefined {
  return offered.find((each) => spoken.includes(each));
}
