/** An answer, read to its end. */
import { ApusError } from "../diagnostic/index.ts";
import { textOf } from "./address.ts";
import { decoded } from "./content-encoding.ts";
import type { Outbound } from "./outbound.ts";
import { parseSetCookie, type SetCookie } from "./set-cookie.ts";

export interface TestResponse {
  readonly status: number;
  /** Whether the status is one of 200 to 299. */
  readonly ok: boolean;
  /** `headers.getSetCookie()` has each Set-Cookie line. */
  readonly headers: Headers;
  /** What the answer set, by name; a cookie that it deletes has expired. */
  readonly cookies: ReadonlyMap<string, SetCookie>;
  /** The body as it was sent, compressed where the app compresses. */
  readonly bytes: Uint8Array;
  /** The body, no longer compressed, in the charset of its Content-Type, or in UTF-8. */
  readonly text: string;
  /** What was asked last, after redirects. */
  readonly url: string;
  /** The redirects that led here, the first one first. */
  readonly history: readonly TestResponse[];
  /** False where a stream broke off; only where the client does not raise server errors. */
  readonly complete: boolean;
  /**
   * The body as JSON. Typed as `any` unless the test says what it expects.
   * @throws ApusError for what is no JSON, with the status and the beginning of the body.
   */
  // Two signatures: with a default instead, linters take `json() as T` for an assertion that says nothing.
  json(): any;
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the test says what it expects
  json<T>(): T;
}

/** @param raise Whether the error that broke the stream off is thrown. */
export async function readResponse(
  response: Response,
  { method, address, signal }: Outbound,
  history: readonly TestResponse[],
  raise: boolean,
): Promise<TestResponse> {
  const { bytes, broken } = await readBody(response);
  signal?.throwIfAborted();
  if (broken !== undefined && raise) throw broken.error;
  const { status, ok, headers } = response;
  const url = textOf(address);
  const text = decoderOf(headers).decode(decoded(bytes, headers));
  return {
    status,
    ok,
    headers,
    cookies: new Map(setCookiesOf(headers).map((each) => [each.name, each])),
    bytes,
    text,
    url,
    history,
    complete: broken === undefined,
    json: () => parsed(text, `${method} ${url}`, status, headers),
  };
}

export function setCookiesOf(headers: Headers): SetCookie[] {
  return headers.getSetCookie().flatMap((line) => parseSetCookie(line) ?? []);
}

async function readBody({
  body,
}: Response): Promise<{ readonly bytes: Uint8Array; readonly broken: { readonly error: unknown } | undefined }> {
  const chunks: Uint8Array[] = [];
  let broken: { readonly error: unknown } | undefined;
  try {
    const reader = body?.getReader();
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) chunks.push(part.value);
  } catch (error) {
    broken = { error };
  }
  return { bytes: new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer()), broken };
}

function decoderOf(headers: Headers): TextDecoder {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(headers.get("content-type") ?? "")?.[1];
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

function parsed(text: string, what: string, status: number, headers: Headers): never {
  try {
    return JSON.parse(text) as never;
  } catch (cause) {
    const type = headers.get("content-type") ?? "no Content-Type";
    const beginning = text === "" ? "an empty body" : text.length > 200 ? `${text.slice(0, 200)}…` : text;
    throw new ApusError(`APUS_TEST_JSON: ${what} answered ${status} (${type}), which is no JSON: ${beginning}`, {
      cause,
    });
  }
}
