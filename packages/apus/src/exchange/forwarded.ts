/**
 * Who the client is and which scheme it used, by the word of trusted proxies: `X-Forwarded-For` and `X-Forwarded-Proto`.
 * What cannot be read is never believed, and `X-Forwarded-Host` and `-Prefix` are not looked at.
 */
import { ApusError } from "../diagnostic/index.ts";
import type { Incoming, TrustedProxies } from "./incoming.ts";
import { holds, ipv4Text, parseIpAddress, parseIpNetwork, type IpAddress, type IpNetwork } from "./ip-address.ts";

/** Whom to believe. */
interface Trust {
  /** How many proxies stand in front, whatever their addresses; undefined where addresses decide. */
  readonly hops: number | undefined;
  /** Whether everyone is believed. */
  readonly everyone: boolean;
  readonly networks: readonly IpNetwork[];
}

/** Who asks, and how, by the word of those who are trusted; undefined where none of them speaks. */
type Forwarded = (incoming: Incoming) => Pick<Incoming, "scheme" | "client"> | undefined;

const loopback = ["127.0.0.0/8", "::1"];

/**
 * Makes the reader of what trusted proxies say. By uvicorn's rules the client is the right-most address that is not a
 * trusted proxy's, or the one that the number of hops says. It is null where that entry cannot be read or is missing, so
 * that nothing takes the proxy, which may be on a list of friends, for the client. A scheme that is none is passed over.
 *
 * @param value Addresses (`10.0.0.1`, `fd00::1`), networks (`10.0.0.0/8`), `"loopback"` (127.0.0.0/8 and ::1) and `"*"`
 *   (everyone, for servers that only a proxy can reach); or how many proxies stand in front of the server. An empty list
 *   and 0 trust nobody.
 * @throws ApusError for anything else: an entry that nothing can match would look like protection and break the site.
 * @example compileTrustedProxies(["loopback", "10.0.0.0/8"])
 */
export function compileTrustedProxies(value: TrustedProxies): Forwarded {
  const trusted = trustOf(value);
  return (incoming) => {
    if (!believes(trusted, incoming.client)) return undefined;
    return { scheme: schemeOf(incoming), client: clientOf(incoming, trusted) };
  };
}

function trustOf(value: TrustedProxies): Trust {
  if (typeof value === "number") {
    if (Number.isSafeInteger(value) && value >= 0) return { hops: value, everyone: false, networks: [] };
    throw wrong(`${value} is no number of proxies; give a whole number, 0 or more.`);
  }
  if (!Array.isArray(value)) {
    throw wrong('it is neither a list nor a number; give ["10.0.0.0/8"], or how many proxies stand in front.');
  }
  const entries = value as readonly unknown[];
  const networks = entries
    .filter((each) => each !== "*")
    .flatMap((each) => (each === "loopback" ? loopback : [each]))
    .map(networkOf);
  return { hops: undefined, everyone: entries.includes("*"), networks };
}

function networkOf(entry: unknown): IpNetwork {
  const network = typeof entry === "string" ? parseIpNetwork(entry) : undefined;
  if (network !== undefined) return network;
  throw wrong(
    `${JSON.stringify(entry) ?? String(entry)} is no address and no network; write "10.0.0.1", "10.0.0.0/8" (without bits beyond the prefix), "loopback" or "*".`,
  );
}

function wrong(what: string): ApusError {
  return new ApusError(`APUS_TRUSTED_PROXIES: trustedProxies: ${what}`);
}

function believes({ hops, everyone, networks }: Trust, peer: Incoming["client"]): boolean {
  if (hops !== undefined) return hops > 0;
  if (everyone) return true;
  if (peer === null || networks.length === 0) return false;
  // A link-local peer carries the name of its interface: fe80::1%eth0.
  const address = parseIpAddress(peer.host.split("%", 1)[0]!);
  return address !== undefined && networks.some((each) => holds(each, address));
}

/** The last line counts: an earlier one may be the client's own. A list of schemes is no scheme. */
function schemeOf(incoming: Incoming): "http" | "https" {
  switch (incoming.headerLines("x-forwarded-proto").at(-1)?.trim()) {
    case "https":
    case "wss":
      return "https";
    case "http":
    case "ws":
      return "http";
    default:
      return incoming.scheme;
  }
}

function clientOf(incoming: Incoming, { hops, everyone, networks }: Trust): Incoming["client"] {
  const said = incoming.headerLines("x-forwarded-for").join(",");
  if (said.trim() === "") return incoming.client;
  const entries = said.split(",");
  if (hops !== undefined) return readEntry(entries.at(-hops))?.client ?? null;
  if (everyone) return readEntry(entries[0])?.client ?? null;
  for (const [i, text] of entries.toReversed().entries()) {
    const entry = readEntry(text);
    if (entry === undefined) return null;
    // Where every address is a proxy's, the outermost of them asked.
    if (i === entries.length - 1 || !networks.some((each) => holds(each, entry.address))) return entry.client;
  }
  return null;
}

interface Entry {
  readonly address: IpAddress;
  readonly client: NonNullable<Incoming["client"]>;
}

/** An address, with its port if there is one: `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]:80`. */
function readEntry(text: string | undefined): Entry | undefined {
  const trimmed = text?.trim() ?? "";
  const [host, port, family] = splitPort(trimmed);
  const address = parseIpAddress(host);
  if (address === undefined || (family === 6) !== host.includes(":")) return undefined;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return undefined;
  return { address, client: { host: ipv4Text(address) ?? host, port: Number(port) } };
}

/** The port is 0 where none is given. */
function splitPort(text: string): [host: string, port: string, family: 4 | 6] {
  if (text.startsWith("[")) {
    const end = text.indexOf("]");
    if (end < 0) return [text, "", 6];
    const rest = text.slice(end + 1);
    return [text.slice(1, end), rest === "" ? "0" : rest.startsWith(":") ? rest.slice(1) : "", 6];
  }
  const colon = text.indexOf(":");
  if (colon < 0) return [text, "0", 4];
  if (text.indexOf(":", colon + 1) >= 0) return [text, "0", 6];
  return [text.slice(0, colon), text.slice(colon + 1), 4];
}
