/**
 * Internet addresses, networks and interfaces of both versions as Python's `ipaddress` reads and prints them: no leading
 * zeros in IPv4, IPv6 compressed (RFC 5952, but never with a dotted end), prefix or mask behind a slash.
 */

/** What stands in the text: one address, a network (its host bits are 0), or an address inside its network. */
export type IpKind = "address" | "network" | "interface";
export type IpVersion = 4 | 6;

const bits = { 4: 32, 6: 128 } as const;

/** The canonical text of what was sent, or undefined where it is no such thing. Integers are addresses as numbers. */
export function canonicalIp(
  value: string | number | bigint,
  kind: IpKind,
  version: IpVersion | undefined,
): string | undefined {
  for (const each of version === undefined ? ([4, 6] as const) : [version]) {
    const found = typeof value === "string" ? fromText(value, kind, each) : fromNumber(value, kind, each);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A single address as a number; undefined for what is none, and for one with a zone. */
export function ipNumber(text: string): { readonly version: IpVersion; readonly number: bigint } | undefined {
  const version = text.includes(":") ? 6 : 4;
  const number = version === 6 ? parse6(text) : parse4(text);
  return number === undefined ? undefined : { version, number };
}

function fromNumber(value: number | bigint, kind: IpKind, version: IpVersion): string | undefined {
  if (typeof value === "number" && !Number.isInteger(value)) return undefined;
  const address = BigInt(value);
  if (address < 0n || address >= 1n << BigInt(bits[version])) return undefined;
  const text = print(address, version);
  return kind === "address" ? text : `${text}/${bits[version]}`;
}

function fromText(text: string, kind: IpKind, version: IpVersion): string | undefined {
  const slash = text.indexOf("/");
  if (slash >= 0 && kind === "address") return undefined;
  const [bare, scope] =
    version === 6
      ? withoutScope(slash < 0 ? text : text.slice(0, slash))
      : [slash < 0 ? text : text.slice(0, slash), ""];
  const address = bare === undefined ? undefined : version === 4 ? parse4(bare) : parse6(bare);
  if (address === undefined) return undefined;
  const printed = print(address, version) + scope;
  if (kind === "address") return printed;
  const prefix = slash < 0 ? bits[version] : prefixOf(text.slice(slash + 1), version);
  if (prefix === undefined) return undefined;
  const host = (1n << BigInt(bits[version] - prefix)) - 1n;
  return kind === "network" && (address & host) !== 0n ? undefined : `${printed}/${prefix}`;
}

/** `fe80::1%eth0`: the zone behind the percent sign is kept as it is. */
function withoutScope(text: string): readonly [string | undefined, string] {
  const at = text.indexOf("%");
  if (at < 0) return [text, ""];
  const scope = text.slice(at);
  return scope.length > 1 && !scope.includes("%", 1) ? [text.slice(0, at), scope] : [undefined, ""];
}

function parse4(text: string): bigint | undefined {
  const parts = text.split(".", 5);
  if (parts.length !== 4) return undefined;
  let address = 0;
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    address = address * 256 + Number(part);
  }
  return BigInt(address);
}

function parse6(text: string): bigint | undefined {
  const parts = text.split(":", 11);
  if (parts.length < 3 || parts.length > 9) return undefined;
  if (parts.at(-1)!.includes(".")) {
    const low = parse4(parts.pop()!);
    if (low === undefined) return undefined;
    parts.push((low >> 16n).toString(16), (low & 0xffffn).toString(16));
    if (parts.length > 9) return undefined;
  }
  const groups = withZeros(parts);
  if (groups === undefined || !groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((address, group) => (address << 16n) | BigInt(`0x${group}`), 0n);
}

/** The eight groups, with zeros in place of a `::`. */
function withZeros(parts: readonly string[]): readonly string[] | undefined {
  const gap = parts.findIndex((part, i) => part === "" && i > 0 && i < parts.length - 1);
  if (gap < 0) return parts.length === 8 ? parts : undefined;
  if (parts.some((part, i) => part === "" && i > gap && i < parts.length - 1)) return undefined;
  // An empty part at an end belongs to a `::` there, or to a single colon, which is none.
  if ((parts[0] === "" && gap > 1) || (parts.at(-1) === "" && gap < parts.length - 2)) return undefined;
  const high = parts.slice(parts[0] === "" ? 1 : 0, gap);
  const low = parts.slice(gap + 1, parts.at(-1) === "" ? -1 : undefined);
  const zeros = 8 - high.length - low.length;
  return zeros < 1 ? undefined : [...high, ...Array.from({ length: zeros }, () => "0"), ...low];
}

/** A prefix length, or for IPv4 also a mask (255.255.255.0) or its inverse. */
function prefixOf(text: string, version: IpVersion): number | undefined {
  if (/^\d+$/.test(text) && Number(text) <= bits[version]) return Number(text);
  const mask = version === 4 ? parse4(text) : undefined;
  if (mask === undefined) return undefined;
  const whole = 0xffff_ffffn;
  for (const each of [mask, mask ^ whole]) {
    const inverse = each ^ whole;
    // The inverse of a mask is one less than a power of two.
    if ((inverse & (inverse + 1n)) === 0n) return 32 - (inverse === 0n ? 0 : inverse.toString(2).length);
  }
  return undefined;
}

function print(address: bigint, version: IpVersion): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join(".");
  const groups = Array.from({ length: 8 }, (_, i) => ((address >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  let [start, length] = [0, 0];
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (groups[i + run] === "0") run++;
    if (run > length) [start, length] = [i, run];
    i += run;
  }
  if (length < 2) return groups.join(":");
  return `${groups.slice(0, start).join(":")}::${groups.slice(start + length).join(":")}`;
}
