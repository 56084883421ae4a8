/** What stands behind the request that a hook is given. */
import { RequestView, type Exchange, type HttpRequest } from "../exchange/index.ts";

/** @throws TypeError for a request that no exchange gave. */
export function exchangeOf(request: HttpRequest): Exchange {
  if (request instanceof RequestView) return request.exchange;
  throw new TypeError("A middleware's hooks take the requests that an App gives them.");
}
