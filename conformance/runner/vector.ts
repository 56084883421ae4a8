// The recorded format of vectors/FORMAT.md as types. Reading is strict: a key that this runner does not know is an
// error, because a check that is not understood must not pass unnoticed.
import { readFileSync } from "node:fs";
import { z } from "zod";

const anything = z.unknown().optional();
const texts = z.array(z.string());
const byName = z.record(z.string(), z.unknown());

/** The operations of `json_at` and `text_checks`: exactly one of them beside the `path`. */
const operations = {
  equals: anything,
  not_equals: anything,
  contains: anything,
  not_contains: anything,
  length: anything,
  truthy: anything,
  falsy: anything,
  lt: anything,
  le: anything,
  gt: anything,
  ge: anything,
  one_of: anything,
};

const recordedFile = z.strictObject({
  field: z.string(),
  filename: z.string().optional(),
  content_type: z.string().nullable().optional(),
  text: z.string().optional(),
  base64: z.string().optional(),
});

const request = z.strictObject({
  method: z.string(),
  path: z.string(),
  query: z.string().optional(),
  base_url: z.string().optional(),
  json: anything,
  form: z.array(z.tuple([z.string(), z.string()])).optional(),
  files: z.array(recordedFile).optional(),
  body: z.string().optional(),
  body_base64: z.string().optional(),
  headers: z.record(z.string(), z.union([z.string(), texts])).optional(),
  cookies: z.record(z.string(), z.string()).optional(),
  no_default_headers: z.boolean().optional(),
  follow_redirects: z.boolean().optional(),
});

const client = z.strictObject({
  lifespan: z.boolean().optional(),
  root_path: z.string().optional(),
  raise_server_exceptions: z.boolean().optional(),
  client_address: z.unknown().optional(),
});

const jsonCheck = z.strictObject({ path: z.array(z.union([z.string(), z.number()])), ...operations });
const textCheck = z.strictObject(operations);

const expect = z.strictObject({
  status: z.number().optional(),
  json: anything,
  text: z.string().optional(),
  body_base64: z.string().optional(),
  headers: byName.optional(),
  headers_present: texts.optional(),
  headers_absent: texts.optional(),
  cookies: byName.optional(),
  contains: texts.optional(),
  not_contains: texts.optional(),
  json_at: z.array(jsonCheck).optional(),
  text_checks: z.array(textCheck).optional(),
  text_from_observed: z.boolean().optional(),
  raises: z.strictObject({ type: z.string(), message: z.string().optional() }).optional(),
});

const observed = z.strictObject({
  status: z.number(),
  headers: byName.optional(),
  json: anything,
  text: z.string().optional(),
  body_base64: z.string().optional(),
  raw: z.string().optional(),
  redirects: z.array(z.strictObject({ status: z.number(), location: z.string() })).optional(),
  volatile: texts.optional(),
});

const override = z.strictObject({ dependency: z.string(), override: z.string() });

const httpStep = z.strictObject({
  request,
  expect,
  observed: observed.optional(),
  client: client.optional(),
  capture: z.record(z.string(), z.array(z.union([z.string(), z.number()]))).optional(),
  dependency_overrides: z.array(override).optional(),
  app: z.string().optional(),
});

const socketStep = z.strictObject({
  ws: z.strictObject({
    op: z.enum([
      "connect",
      "send_text",
      "send_json",
      "send_bytes",
      "receive_text",
      "receive_json",
      "receive_bytes",
      "close",
      "end",
    ]),
    /** Numbers the connections of a case. */
    id: z.number(),
    path: z.string().optional(),
    query: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    cookies: z.record(z.string(), z.string()).optional(),
    subprotocols: texts.optional(),
    data: anything,
    code: z.number().optional(),
  }),
  expect: z
    .strictObject({
      accepted: z.literal(true).optional(),
      closed: z.strictObject({ code: z.number(), reason: z.unknown() }).optional(),
      denied: z.strictObject({ status: z.number(), json: anything, text: z.string().optional() }).optional(),
      raises: z.strictObject({ type: z.string(), message: z.string().optional() }).optional(),
      text: z.string().optional(),
      json: anything,
      bytes: z.string().optional(),
      /** For information: to us, a client that leaves is no failure of the handler. */
      app_raises: z.string().optional(),
    })
    .optional(),
  client: client.optional(),
});

const recordedCase = z.strictObject({
  name: z.string(),
  test: z.string(),
  steps: z.array(z.union([httpStep, socketStep])),
  app_var: z.string().optional(),
  app: z.string().optional(),
  app_local_to: z.unknown().optional(),
  env: z.record(z.string(), z.string()).optional(),
  setup: z.string().optional(),
  after: z.array(z.strictObject({ file: z.string(), contains: z.string() })).optional(),
  unmapped_asserts: z.unknown().optional(),
});

const vector = z.strictObject({
  app: z.string(),
  source_test: z.string().optional(),
  source_tests: texts.optional(),
  cases: z.array(recordedCase),
});

export type RecordedRequest = z.output<typeof request>;
export type RecordedFile = z.output<typeof recordedFile>;
export type ClientOptions = z.output<typeof client>;
export type JsonCheck = z.output<typeof jsonCheck>;
export type TextCheck = z.output<typeof textCheck>;
export type HttpStep = z.output<typeof httpStep>;
export type SocketStep = z.output<typeof socketStep>;
export type Step = HttpStep | SocketStep;
export type Case = z.output<typeof recordedCase>;
export type Vector = z.output<typeof vector>;

/** Whether a step speaks HTTP; the others are WebSocket steps. */
export function isHttpStep(step: Step): step is HttpStep {
  return "request" in step;
}

/**
 * Reads one vector from parsed JSON.
 *
 * @throws Error naming each key that the format does not have, so that the runner is extended and nothing is skipped.
 */
export function parseVector(value: unknown, name: string): Vector {
  const result = vector.safeParse(value);
  if (!result.success) throw new Error(`${name} is not in the format of FORMAT.md:\n${z.prettifyError(result.error)}`);
  return result.data;
}

/** Reads one vector file. */
export function readVector(file: string): Vector {
  return parseVector(JSON.parse(readFileSync(file, "utf8")), file);
}
