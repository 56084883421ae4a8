/** What a call sends: one `Request`, every input at its place. */
import type { CallOptions } from "./types.ts";
import { formDataOf, holdsFiles, isBinary, isJson, jsonOf, pairsOf, pathOf, textOf } from "./written.ts";

/** What a call is given, as it is at run time. */
export interface Sent extends CallOptions {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, unknown>>;
}

/** The address, method, headers and body of a call, without what belongs to every call of the client. */
export function requestOf(
  what: string,
  base: string,
  method: string,
  path: string,
  sent: Sent,
  init: RequestInit & { readonly signal: AbortSignal },
): Request {
  const more: RequestInit = sent.init ?? {};
  for (const name of ["method", "body", "signal"] as const) {
    if (more[name] === undefined) continue;
    throw new TypeError(
      `APUS_CLIENT_OPTIONS: ${what}: \`init\` takes no \`${name}\`; \`body\` and \`signal\` stand beside it.`,
    );
  }
  const query = String(pairsOf(what, sent.query ?? {}));
  const url = base + pathOf(what, path, sent.path ?? {}) + (query && `?${query}`);
  const headers = new Headers(more.headers);
  for (const [name, values] of Object.entries(sent.headers ?? {})) {
    const [value, ...more] = [...pairsOf(what, { [name]: values }).values()];
    if (more.length > 0) {
      throw new TypeError(
        `APUS_CLIENT_HEADER: ${what}: the header "${name}" has several values. \`fetch\` joins them into one, which servers read as one.`,
      );
    }
    if (value !== undefined) setHeader(what, headers, name, value);
  }
  const cookies = Object.entries(sent.cookies ?? {})
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => cookieOf(what, name, textOf(what, name, value)));
  if (cookies.length > 0) setHeader(what, headers, "cookie", cookies.join("; "));
  const body = bodyOf(what, sent, headers);
  let request: Request;
  try {
    // A stream is sent while the answer may already come; the platform wants to hear that it has to wait for it.
    const duplex = body instanceof ReadableStream ? { duplex: "half" as const } : {};
    request = new Request(url, { ...init, ...more, ...duplex, signal: init.signal, method, headers, body });
  } catch (error) {
    throw new TypeError(`APUS_CLIENT_REQUEST: ${what}: ${(error as Error).message}`, { cause: error });
  }
  for (const name of headers.keys()) checkKept(what, request.headers, name);
  return request;
}

function bodyOf(what: string, { body, form }: Sent, headers: Headers): BodyInit | null {
  if (body === undefined)
    return form === undefined ? null : holdsFiles(form) ? formDataOf(what, form) : pairsOf(what, form);
  const type = headers.get("content-type");
  if (body instanceof ReadableStream) {
    if (type === null) headers.set("content-type", "application/octet-stream");
    return body;
  }
  if (isBinary(body)) {
    if (type === null && !(body instanceof Blob && body.type)) headers.set("content-type", "application/octet-stream");
    return body;
  }
  if (type === null) headers.set("content-type", "application/json");
  else if (!isJson(type) && typeof body === "string") return body;
  return jsonOf(what, body) ?? null;
}

/** One cookie; a value that would end it and begin another is refused (RFC 6265, section 4.1.1). */
function cookieOf(what: string, name: string, value: string): string {
  if (/[;"\s]/.test(value) || /[=;\s]/.test(name)) {
    throw new TypeError(
      `APUS_CLIENT_COOKIE: ${what}: the cookie "${name}" holds a space, a quote or a semicolon; encode it first.`,
    );
  }
  return `${name}=${value}`;
}

/** @throws TypeError for what no header can hold, and for a header that the platform does not let a page set. */
export function setHeader(what: string, headers: Headers, name: string, value: string): void {
  try {
    headers.set(name, value);
  } catch (error) {
    throw new TypeError(`APUS_CLIENT_HEADER: ${what}: the header "${name}" cannot hold this value; encode it first.`, {
      cause: error,
    });
  }
  checkKept(what, headers, name);
}

/** Browsers drop without a word what they do not let pages set. */
function checkKept(what: string, headers: Headers, name: string): void {
  if (headers.has(name)) return;
  const advice =
    name.toLowerCase() === "cookie"
      ? ' The browser sends its own cookies: leave `cookies` out, and say `credentials: "include"` for another origin.'
      : "";
  throw new TypeError(`APUS_CLIENT_HEADER: ${what}: browsers do not let pages set the header "${name}".${advice}`);
}
