/**
 * zod's formats of text that pydantic has types for (`z.email()`, `z.url()`, `z.ipv4()`, `z.base64()` …): zod decides what it
 * accepts, and what it refuses is told in pydantic's words.
 */
import { decodeBase64, httpLimits, normalizeUrl, Refusal, unparsable } from "../../wire/index.ts";
import { emailReason } from "./email-reason.ts";
import { fail, problem, repr } from "../problem.ts";
import type { Read } from "../read.ts";
import type { Payload, ZodCheck, ZodSchema } from "../zod.ts";

/** Why a text is refused that zod does not accept. */
type Explain = (text: string, check: ZodCheck) => Refusal;

const email: Explain = (text) => {
  const reason = emailReason(text) ?? "The email address is not valid.";
  return new Refusal("value_error", `value is not a valid email address: ${reason}`, { reason });
};

const url: Explain = (text, check) => {
  const { protocol } = check._zod.def;
  const isHttp = protocol?.source === httpScheme;
  const found = normalizeUrl(text, isHttp ? httpLimits : {});
  if (found instanceof Refusal) return found;
  if (protocol !== undefined && !isHttp && !protocol.test(found.slice(0, found.indexOf(":")))) {
    const expected = `like ${String(protocol)}`;
    return new Refusal("url_scheme", `URL scheme should be ${expected}`, { expected_schemes: expected });
  }
  return unparsable("url_parsing", "Input should be a valid URL", "the host is not allowed here");
};
const httpScheme = "^https?$";

const ip =
  (version: 4 | 6, kind: "address" | "network"): Explain =>
  () =>
    new Refusal(`ip_v${version}_${kind}`, `Input is not a valid IPv${version} ${kind}`);

const base64 =
  (alphabet: "standard" | "url"): Explain =>
  (text) => {
    const found = decodeBase64(text, alphabet);
    // What Python's reader passes over zod does not.
    const error = "Only base64 data is allowed";
    return found instanceof Refusal
      ? found
      : new Refusal("base64_decode", `Base64 decoding error: '${error}'`, { error });
  };

/** The text has been found to be a UUID of the right version; what is left are the bits of the variant. */
const uuid: Explain = (_, check) => {
  const version = Number((check as unknown as ZodSchema)._zod.def.version?.slice(1));
  return version > 0
    ? new Refusal("uuid_version", `UUID version ${version} expected`, { expected_version: version })
    : unparsable("uuid_parsing", "Input should be a valid UUID", "version or variant that RFC 9562 does not have");
};

const explanations: Readonly<Record<string, Explain>> = {
  email,
  url,
  uuid,
  guid: uuid,
  ipv4: ip(4, "address"),
  ipv6: ip(6, "address"),
  cidrv4: ip(4, "network"),
  cidrv6: ip(6, "network"),
  base64: base64("standard"),
  base64url: base64("url"),
};

/** The check of a text format that pydantic has a type for, or undefined for other checks. */
export function textFormat(check: ZodCheck): Read | undefined {
  const { format = "", error } = check._zod.def;
  const explain = Object.hasOwn(explanations, format) ? explanations[format] : undefined;
  // A message of the author's own is kept.
  if (explain === undefined || error !== undefined) return undefined;
  return (value, problems) => {
    const payload: Payload = { value, issues: [] };
    if (check._zod.def.when?.(payload) === false) return value;
    check._zod.check(payload);
    if (payload.issues.length === 0) return payload.value;
    const { type, msg, ctx } = explain(value as string, check);
    return fail(problems, problem(type, msg, value, ctx));
  };
}

const names: Readonly<Record<string, string>> = {
  e164: "E.164 telephone number",
  json_string: "JSON text",
  jwt: "JWT",
  hostname: "host name",
  mac: "MAC address",
  cuid: "CUID",
  cuid2: "CUID2",
  ulid: "ULID",
  xid: "XID",
  ksuid: "KSUID",
  nanoid: "nanoid",
};

/** What a zod issue about the form of a text says. */
export function formatMessage(issue: {
  readonly format?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly includes?: string;
}): string {
  const { format = "", prefix, suffix, includes } = issue;
  if (prefix !== undefined) return `String should start with ${repr(prefix)}`;
  if (suffix !== undefined) return `String should end with ${repr(suffix)}`;
  if (includes !== undefined) return `String should contain ${repr(includes)}`;
  if (format === "lowercase" || format === "uppercase") return `String should be ${format}`;
  return `String should be a valid ${names[format] ?? format.replaceAll("_", " ")}`;
}
