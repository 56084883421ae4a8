/**
 * Requests that Node's parser lets through and that are refused before anything else sees them: too many headers, too long a
 * target, and framing that another server on the way might read differently (request smuggling).
 */
import type { IncomingMessage } from "node:http";
import type { Settings } from "../options.ts";
import { refusals, type Refusal } from "../refusal.ts";

/** @returns undefined for a request that may go on. */
export function refusalOf(
  request: IncomingMessage,
  {
    maxHeadersCount,
    maxTargetLength,
    allowsHost,
  }: Pick<Settings, "maxHeadersCount" | "maxTargetLength" | "allowsHost">,
): Refusal | undefined {
  const { rawHeaders: raw, url, httpVersionMajor: major, httpVersionMinor: minor } = request;
  // Node's parser lets 0.9 and 2.0 through, written as if they were a version of HTTP/1.
  if (major !== 1) return refusals.malformed;
  if (raw.length > 2 * maxHeadersCount) return refusals.tooMany;
  if (url!.length > maxTargetLength) return refusals.tooLong;
  let hosts = 0;
  let codings = 0;
  let lengths = 0;
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!;
    if (name.length === 4 && name.toLowerCase() === "host") hosts++;
    else if (name.length === 14 && name.toLowerCase() === "content-length") lengths++;
    else if (name.length === 17 && name.toLowerCase() === "transfer-encoding") {
      codings++;
      if (raw[i + 1]!.toLowerCase() !== "chunked") {
        return refusals.unknownCoding;
      }
    }
  }
  // Several lengths get as far as here on Bun, if they are equal.
  if (codings > 1 || lengths > 1 || (codings === 1 && minor === 0)) {
    return refusals.ambiguous;
  }
  if (hosts > 1 || (hosts === 0 && minor > 0)) return refusals.notOneHost;
  if (allowsHost !== undefined && hosts === 1 && !allowsHost(request.headers.host!)) {
    return refusals.otherHost;
  }
  return undefined;
}
