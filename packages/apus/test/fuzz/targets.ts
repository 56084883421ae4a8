/** All that is fuzzed, by name. */
import type { AnyTarget } from "./target.ts";
import { cookies, setCookies } from "./targets/cookies.ts";
import { credentials } from "./targets/credentials.ts";
import { decimal } from "./targets/decimal.ts";
import { encoding } from "./targets/encoding.ts";
import { forwarded } from "./targets/forwarded.ts";
import { forms } from "./targets/forms.ts";
import { headers } from "./targets/headers.ts";
import { chunks } from "./targets/chunks.ts";
import { httpConnection } from "./targets/http-connection.ts";
import { httpHead } from "./targets/http-head.ts";
import { httpServers } from "./targets/http-servers.ts";
import { json } from "./targets/json.ts";
import { mediaType } from "./targets/media-type.ts";
import { multipart } from "./targets/multipart.ts";
import { operations } from "./targets/operations.ts";
import { path } from "./targets/path.ts";
import { plans } from "./targets/plans.ts";
import { query } from "./targets/query.ts";
import { ranges } from "./targets/ranges.ts";
import { requests } from "./targets/request.ts";
import { matcher, routing } from "./targets/routing.ts";
import { scalars } from "./targets/scalars.ts";
import { streams } from "./targets/streams.ts";
import { temporal } from "./targets/temporal.ts";

export const targets: readonly AnyTarget[] = [
  httpHead,
  chunks,
  httpConnection,
  httpServers,
  query,
  path,
  requests,
  headers,
  cookies,
  setCookies,
  mediaType,
  json,
  forms,
  multipart,
  streams,
  ranges,
  encoding,
  forwarded,
  credentials,
  temporal,
  decimal,
  scalars,
  matcher,
  routing,
  operations,
  plans,
];
