/** `types.ip()`: internet addresses, networks and interfaces of either version. */
import { z } from "zod";
import { converted, fail, INVALID, outputMismatch, problem, type Problem } from "../schema/index.ts";
import { canonicalIp, type IpKind, type IpVersion } from "../wire/index.ts";
import { wireCodec } from "./wire-codec.ts";

/** Which addresses are taken. */
export interface IpOptions {
  /** 4 or 6; both where it is left out. */
  readonly version?: IpVersion | undefined;
  /**
   * `"address"`, the default; `"network"` (`10.0.0.0/8`: the bits behind the prefix are 0), or `"interface"`, an address with
   * the prefix of its network.
   */
  readonly kind?: IpKind | undefined;
}

/**
 * An internet address, as Python's `ipaddress` has them: the handler gets canonical text (`2001:db8::1`, `10.0.0.0/8`). Read
 * from text and from integers, which are addresses as numbers.
 *
 * @example types.ip({ version: 6 }) // "2001:DB8:0::1" → "2001:db8::1"
 */
export function ip(options: IpOptions = {}): z.ZodCodec<z.ZodString, z.ZodString> {
  const { version, kind = "address" } = options;
  const name = version === undefined ? "any" : `v${version}`;
  const words = version === undefined ? "value is not a valid IPv4 or IPv6" : `Input is not a valid IPv${version}`;
  const refusal = (input: unknown): Problem => problem(`ip_${name}_${kind}`, `${words} ${kind}`, input);
  const read = (value: unknown): string | undefined => {
    const number = typeof value === "boolean" ? Number(value) : value;
    return typeof number === "string" || typeof number === "number" || typeof number === "bigint"
      ? canonicalIp(number, kind, version)
      : undefined;
  };
  return wireCodec(
    {
      label: () => `ip_${name}_${kind}`,
      holds: "one",
      exact: true,
      reader: (_, mode) => (value, problems) => {
        const found = mode === "strict" && typeof value !== "string" ? undefined : read(value);
        if (found === undefined) return fail(problems, refusal(value));
        return found === value ? found : converted(found);
      },
      writer: () => (value, problems) =>
        (typeof value === "string" ? read(value) : undefined) ??
        (fail(problems, outputMismatch(`text: ${words.slice(words.indexOf("IP"))} ${kind}`, value)) && INVALID),
      shape: () => ({ type: "string", format: formatOf(version, kind) }),
    },
    z.string(),
    z.string(),
  );
}

/** `ipv4` and `ipv6` are JSON Schema's; the others are pydantic's. */
function formatOf(version: IpVersion | undefined, kind: IpKind): string {
  if (version === undefined) return `ipvany${kind}`;
  return `ipv${version}${kind === "address" ? "" : kind}`;
}
