// Which request follows a redirect, decided as Python's httpx does, which the test client of FastAPI is built on.

/** A request as far as redirects change it. */
export interface Hop {
  readonly method: string;
  readonly url: URL;
  readonly headers: readonly (readonly [string, string])[];
  readonly cookies: ReadonlyMap<string, string>;
  readonly body: Uint8Array | undefined;
}

const statuses = [301, 302, 303, 307, 308];

/** The place that an answer sends the client to, or `undefined` when it is no redirect. */
export function locationOf(status: number, headers: Headers): string | undefined {
  return statuses.includes(status) ? (headers.get("location") ?? undefined) : undefined;
}

/**
 * The request that follows: 307 and 308 keep method and body, 303 and 302 become GET, and 301 does so for POST. Another
 * origin does not get the authorization; cookies are kept, and those that the answer sets are added.
 */
export function followingHop(hop: Hop, status: number, headers: Headers, location: string): Hop {
  const url = new URL(location, hop.url);
  const toGet =
    (hop.method !== "HEAD" && (status === 302 || status === 303)) || (status === 301 && hop.method === "POST");
  const kept = url.origin === hop.url.origin ? hop.headers : hop.headers.filter(([name]) => name !== "authorization");
  const cookies = new Map(hop.cookies);
  for (const line of headers.getSetCookie()) {
    const [pair = ""] = line.split(";", 1);
    cookies.set(pair.slice(0, pair.indexOf("=")).trim(), pair.slice(pair.indexOf("=") + 1).trim());
  }
  if (!toGet || hop.method === "GET") return { ...hop, url, headers: kept, cookies };
  return { method: "GET", url, headers: kept, cookies, body: undefined };
}
