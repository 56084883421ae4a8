/**
 * `apus/types`: types of the wire that zod lacks, as zod codecs. They read and write exactly what FastAPI's types do, and
 * work under plain zod as well, strictly. The only room that loads zod.
 */
import { aliased } from "./aliased.ts";
import { bigint } from "./bigint.ts";
import { base64, bytes } from "./bytes.ts";
import { date } from "./date.ts";
import { datetime } from "./datetime.ts";
import { decimal } from "./decimal.ts";
import { duration } from "./duration.ts";
import { ip } from "./ip.ts";
import { json } from "./json.ts";
import { path } from "./path.ts";
import { secret } from "./secret.ts";
import { set } from "./set.ts";
import { stream } from "./stream.ts";
import { time } from "./time.ts";
import { upload } from "./upload.ts";
import { httpUrl, url } from "./url.ts";

export type { BigintOptions } from "./bigint.ts";
export type { Base64Options, BytesOptions } from "./bytes.ts";
export type { DateOptions } from "./date.ts";
export type { DatetimeOptions } from "./datetime.ts";
export type { DecimalOptions } from "./decimal.ts";
export type { DurationOptions } from "./duration.ts";
export type { IpOptions } from "./ip.ts";
export { Secret, type SecretOptions } from "./secret.ts";
export type { SetOptions } from "./set.ts";
export type { TimeOptions } from "./time.ts";

export type { Aliased } from "./aliased.ts";
export { partial } from "./partial.ts";

/**
 * All types of this module under one name.
 * @example
 * import { types } from "apus/types";
 * const Event = z.object({ at: types.datetime({ aware: true }), lasts: types.duration() });
 */
export const types = {
  aliased,
  base64,
  bigint,
  bytes,
  date,
  datetime,
  decimal,
  duration,
  httpUrl,
  ip,
  json,
  path,
  secret,
  set,
  stream,
  time,
  upload,
  url,
};
