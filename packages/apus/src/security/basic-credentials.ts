/** The credentials of the Basic scheme (RFC 7617, section 2): base64 of `name:password`. */
import { decodeBase64 } from "../wire/index.ts";
import { malformed } from "./scheme.ts";

/** Who it is, and the proof. Both may be empty. */
export interface HTTPBasicCredentials {
  readonly username: string;
  /** Everything behind the first colon. */
  readonly password: string;
}

// oxlint-disable-next-line no-control-regex -- NUL is where ASCII begins
const ascii = /^[\u0000-\u007f]*$/;

/** As FastAPI reads them: what is no letter of base64 is passed over, padding has to be right, all of it is ASCII. */
export function readBasic(credentials: string): HTTPBasicCredentials | typeof malformed {
  if (!ascii.test(credentials)) return malformed;
  const bytes = decodeBase64(credentials, "standard");
  if (!(bytes instanceof Uint8Array)) return malformed;
  if (bytes.some((byte) => byte > 0x7f)) return malformed;
  const text = new TextDecoder().decode(bytes);
  const colon = text.indexOf(":");
  if (colon < 0) return malformed;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
