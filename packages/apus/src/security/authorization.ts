/** The Authorization header (RFC 9110, section 11.6.2), read in one place: no two schemes can understand it differently. */
import type { Connection } from "../exchange/index.ts";
import { strip } from "../wire/index.ts";

/** An Authorization header, split as FastAPI splits it. */
interface Authorization {
  /** The whole value. */
  readonly value: string;
  /** What stands before the first space, spelled as the client did. */
  readonly scheme: string;
  /** What follows, trimmed; empty where nothing does. */
  readonly credentials: string;
}

/** Null where there is no header, or an empty one. Of several lines the first counts: only one is allowed. */
export function authorizationOf(connection: Connection): Authorization | null {
  const value = connection.headers.getAll("authorization")[0];
  if (value === undefined || value === "") return null;
  const space = value.indexOf(" ");
  if (space < 0) return { value, scheme: value, credentials: "" };
  return { value, scheme: value.slice(0, space), credentials: strip(value.slice(space + 1)) };
}

/** Whether a header speaks a scheme, whose name is given in lower case; clients may spell it in any (section 11.1). */
export function speaks({ scheme }: Authorization, name: string): boolean {
  return scheme.toLowerCase() === name;
}
