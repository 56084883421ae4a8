// Sends recorded requests through the framework's test client as Python's test client sends them: the same default
// headers, the same bodies, redirects followed with their cookies.
import { testClient } from "apus/testing";
import type { TestClient, TestClientOptions, TestRequest } from "apus/testing";
import { encodeBody } from "./encode-body.ts";
import type { Redirect } from "./expectation.ts";
import { camelCase } from "./names.ts";
import { followingHop, locationOf } from "./redirect.ts";
import type { Hop } from "./redirect.ts";
import { substitute } from "./substitute.ts";
import type { Exports } from "./load.ts";
import type { HttpStep, RecordedRequest } from "./vector.ts";

/** What came back, after redirects. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly redirects: readonly Redirect[];
}

/** The target as recorded goes with the first request, because a URL would normalise it. */
interface Outgoing extends Hop {
  readonly target: string;
  /** Whether it carries no header but its own and those of its body. */
  readonly bare: boolean;
}

type Application = Parameters<typeof testClient>[0];

const mostRedirects = 20;

/** The test clients of one case: one for each set of options that its steps ask for, all on the same application. */
export class Clients {
  /** What the case kept from earlier answers, by name. */
  readonly captured = new Map<string, unknown>();
  readonly #exports: Exports;
  readonly #application: Application;
  readonly #open = new Map<string, TestClient>();

  /** @param name the export that holds the application. */
  constructor(exports: Exports, name: string) {
    this.#exports = exports;
    this.#application = exported(exports, name) as Application;
  }

  /** Sends the request of a step and follows redirects. An error of the handler that reaches the test client is thrown. */
  async answer(step: HttpStep): Promise<Answer> {
    const request = substitute(step.request, this.captured);
    const follow = request.follow_redirects ?? true;
    const redirects: Redirect[] = [];
    let hop: Outgoing = outgoing(request);
    for (;;) {
      const client = await this.#client(step, hop.url.origin);
      const { status, headers, text, bytes } = await client.request(hop.method, hop.target, contentOf(hop));
      const location = follow ? locationOf(status, headers) : undefined;
      if (location === undefined) return { status, headers, text, bytes, redirects };
      redirects.push({ status, location });
      if (redirects.length > mostRedirects)
        throw new Error(`more than ${mostRedirects} redirects, the last to ${location}`);
      const next = followingHop(hop, status, headers, location);
      hop = { ...next, target: next.url.pathname + next.url.search, bare: hop.bare };
    }
  }

  /**
   * Sends the request of a step whose handler has to fail, and returns its error.
   *
   * @throws Error if an answer came instead.
   */
  async error(step: HttpStep): Promise<Error> {
    let answer: Answer;
    try {
      answer = await this.answer(step);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
    throw new Error(`the handler's error did not reach the test client; it answered ${answer.status} ${answer.text}`);
  }

  /** Ends all clients, which runs the shutdown of the application. */
  async close(): Promise<void> {
    for (const client of this.#open.values()) await client.close();
    this.#open.clear();
  }

  async #client(step: HttpStep, baseUrl: string): Promise<TestClient> {
    const {
      lifespan,
      root_path: rootPath,
      client_address,
      raise_server_exceptions: raiseServerErrors = true,
    } = step.client ?? {};
    if (client_address !== undefined) throw new Error("not supported: client_address");
    const named = step.dependency_overrides ?? [];
    const key = JSON.stringify([baseUrl, raiseServerErrors, rootPath, named]);
    const open = this.#open.get(key);
    if (open !== undefined) return open;
    const overrides = named.map(({ dependency, override }): readonly [unknown, unknown] => [
      exported(this.#exports, camelCase(dependency)),
      exported(this.#exports, camelCase(override)),
    ]) as NonNullable<TestClientOptions["overrides"]>;
    const client = testClient(this.#application, { baseUrl, raiseServerErrors, rootPath, overrides });
    this.#open.set(key, client);
    if (lifespan === true) await client.start();
    return client;
  }
}

function exported(exports: Exports, name: string): unknown {
  if (!(name in exports)) throw new Error(`the application's module has to export "${name}"`);
  return exports[name];
}

function outgoing(request: RecordedRequest): Outgoing {
  const bare = request.no_default_headers === true;
  const target = `${request.path}${request.query === undefined ? "" : `?${request.query}`}`;
  const { bytes, contentType } = encodeBody(request);
  const own = Object.entries(request.headers ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name.toLowerCase(), one]),
  );
  const named = new Set(own.map(([name]) => name));
  const typed = contentType === undefined ? [] : ([["content-type", contentType]] as const);
  return {
    method: request.method,
    url: new URL(target, request.base_url ?? "http://testserver"),
    target,
    bare,
    headers: [...typed.filter(([name]) => !named.has(name)), ...own],
    cookies: new Map(Object.entries(request.cookies ?? {})),
    body: bytes,
  };
}

function contentOf({ headers, cookies, body, bare }: Outgoing): TestRequest {
  const content = body === undefined ? {} : { body };
  return { headers, cookies: Object.fromEntries(cookies), defaultHeaders: !bare, ...content };
}
