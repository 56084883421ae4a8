/** Addresses and networks of IPv4 and IPv6 as numbers, read strictly: whatever could be read in two ways is no address. */

/** Eight groups of 16 bits. An IPv4 address stands in its IPv4-mapped form, `::ffff:10.0.0.1`, however it was written. */
export type IpAddress = readonly number[];

/** All addresses that agree in their first bits. */
export interface IpNetwork {
  readonly address: IpAddress;
  /** How many bits count, of 128. */
  readonly bits: number;
}

const octet = /^(?:0|[1-9]\d{0,2})$/;
const group = /^[0-9a-fA-F]{1,4}$/;
const mapped = [0, 0, 0, 0, 0, 0xffff];

/** @returns undefined for what is no address: host names, leading zeros, brackets, ports and zones included. */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (text.length > 45) return undefined;
  if (text.includes(":")) return parseIpv6(text);
  const low = parseIpv4(text);
  return low === undefined ? undefined : [...mapped, ...low];
}

function parseIpv4(text: string): [number, number] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((each) => octet.test(each))) return undefined;
  const [a, b, c, d] = parts.map(Number) as [number, number, number, number];
  return Math.max(a, b, c, d) > 255 ? undefined : [a * 256 + b, c * 256 + d];
}

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0]!, halves.length === 1);
  const tail = halves.length === 2 ? parseGroups(halves[1]!, true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  // "::" stands for at least one group.
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

/** @param last Whether the text ends the address, so that it may end with an IPv4 address. */
function parseGroups(text: string, last: boolean): number[] | undefined {
  if (text === "") return [];
  const found: number[] = [];
  const parts = text.split(":");
  for (const [i, part] of parts.entries()) {
    if (group.test(part)) found.push(Number.parseInt(part, 16));
    else {
      const low = last && i === parts.length - 1 ? parseIpv4(part) : undefined;
      if (low === undefined) return undefined;
      found.push(...low);
    }
  }
  return found;
}

function isIpv4(address: IpAddress): boolean {
  return mapped.every((each, i) => address[i] === each);
}

/** The dotted form of an IPv4 address, mapped or not; undefined for one of IPv6. */
export function ipv4Text(address: IpAddress): string | undefined {
  if (!isIpv4(address)) return undefined;
  return address
    .slice(6)
    .flatMap((each) => [each >> 8, each & 255])
    .join(".");
}

/**
 * Reads a network in CIDR notation, or one address as the network of itself.
 * @returns undefined for what is none, and for one with bits set beyond its prefix: `10.0.0.1/8` may mean two things.
 */
export function parseIpNetwork(text: string): IpNetwork | undefined {
  const slash = text.indexOf("/");
  const address = parseIpAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  if (slash < 0) return { address, bits: 128 };
  const prefix = text.slice(slash + 1);
  const written = text.includes(":") ? 128 : 32;
  if (!octet.test(prefix) || Number(prefix) > written) return undefined;
  const bits = Number(prefix) + 128 - written;
  return address.some((each, i) => (each & ~mask(bits, i)) !== 0) ? undefined : { address, bits };
}

/** Which bits of the i-th group count. */
function mask(bits: number, i: number): number {
  const inGroup = Math.min(16, Math.max(0, bits - 16 * i));
  return (0xffff << (16 - inGroup)) & 0xffff;
}

/** Whether a network holds an address. One of IPv6, even `::/0`, holds no address of IPv4. */
export function holds({ address: network, bits }: IpNetwork, address: IpAddress): boolean {
  if (bits < 96 && isIpv4(address)) return false;
  return network.every((each, i) => ((each ^ address[i]!) & mask(bits, i)) === 0);
}
