/** Addresses and networks of IPv4 and IPv6 as numbers, read strictly: whatever could be read in two ways is no address. */
import { ipNumber } from "../wire/index.ts";

/** 128 bits. An IPv4 address stands in its IPv4-mapped form, `::ffff:10.0.0.1`, however it was written. */
export type IpAddress = bigint;

/** All addresses that agree in their first bits. */
export interface IpNetwork {
  readonly address: IpAddress;
  /** How many bits at the end do not count. */
  readonly hostBits: bigint;
}

/** What stands in front of the 32 bits of an IPv4 address. */
const mapped = 0xffffn;

/** @returns undefined for what is no address: host names, leading zeros, brackets, ports and zones included. */
export function parseIpAddress(text: string): IpAddress | undefined {
  const found = ipNumber(text);
  return found?.version === 4 ? (mapped << 32n) | found.number : found?.number;
}

function isIpv4(address: IpAddress): boolean {
  return address >> 32n === mapped;
}

/** The dotted form of an IPv4 address, mapped or not; undefined for one of IPv6. */
export function ipv4Text(address: IpAddress): string | undefined {
  return isIpv4(address) ? [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join(".") : undefined;
}

/**
 * Reads a network in CIDR notation, or one address as the network of itself.
 * @returns undefined for what is none, and for one with bits set beyond its prefix: `10.0.0.1/8` may mean two things.
 */
export function parseIpNetwork(text: string): IpNetwork | undefined {
  const slash = text.indexOf("/");
  const address = parseIpAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  if (slash < 0) return { address, hostBits: 0n };
  const prefix = text.slice(slash + 1);
  const written = text.includes(":") ? 128 : 32;
  if (!/^(?:0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > written) return undefined;
  const hostBits = BigInt(written - Number(prefix));
  return (address >> hostBits) << hostBits === address ? { address, hostBits } : undefined;
}

/** Whether a network holds an address. One of IPv6, even `::/0`, holds no address of IPv4. */
export function holds({ address: network, hostBits }: IpNetwork, address: IpAddress): boolean {
  if (hostBits > 32n && isIpv4(address)) return false;
  return network >> hostBits === address >> hostBits;
}
