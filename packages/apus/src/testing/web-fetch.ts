/** A `fetch` whose network is one app: for the typed client and for everything else that is given a `fetch`. */
import { urlOf, type Address, type Base } from "./address.ts";
import { decodedResponse } from "./content-encoding.ts";
import { outboundOfWeb, type Outbound, type Sender } from "./outbound.ts";
import { Streamed } from "./request-body.ts";
import { parseUrl } from "../wire/index.ts";

/** The platform's `fetch`; a path is one behind the client's base URL. */
export type WebFetch = (input: Request | string | URL, init?: RequestInit) => Promise<Response>;

/** What a web request says of cookies and redirects. */
export interface Manner {
  readonly cookies: boolean;
  readonly redirect: "follow" | "manual" | "error";
}

type Travel = (
  outbound: Outbound,
  manner: Manner,
) => Promise<{ response: Response; address: Address; redirected: boolean }>;

/**
 * @param follow What the client says of redirects; a request that asks for `redirect: "follow"` in `init` is stronger.
 */
export function webFetch(sender: Sender, follow: boolean, travel: Travel): WebFetch {
  return async (input, init) => {
    const request = requestOf(input, init, sender.base);
    const body = request.body === null ? undefined : new Streamed(request.body);
    const asked = init?.redirect ?? request.redirect;
    const redirect = asked === "follow" && !follow && init?.redirect === undefined ? "manual" : asked;
    const manner = { cookies: request.credentials !== "omit", redirect };
    const { response: sent, address, redirected } = await travel(outboundOfWeb(request, body, sender), manner);
    const response = decodedResponse(sent);
    // A Response that was made rather than fetched knows of neither.
    Object.defineProperty(response, "url", { value: urlOf(address).href });
    Object.defineProperty(response, "redirected", { value: redirected });
    return response;
  };
}

function requestOf(input: Request | string | URL, init: RequestInit | undefined, { origin, prefix }: Base): Request {
  const settings = { duplex: "half", ...init } as RequestInit;
  if (typeof input !== "string")
    return input instanceof URL || init !== undefined ? new Request(input, settings) : input;
  const path = input.startsWith("/") ? prefix + input : input;
  return new Request(parseUrl(path) ?? new URL(path, `${origin}${prefix}/`), settings);
}
