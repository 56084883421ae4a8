// Sends recorded requests through the framework's test client as Python's test client sends them: the same default
// headers, the same bodies. It follows redirects by itself.
import { testClient } from "apus/testing";
import type { TestClient, TestClientOptions, TestRequest } from "apus/testing";
import { encodeBody } from "./encode-body.ts";
import type { Redirect } from "./expectation.ts";
import { camelCase } from "./names.ts";
import { substitute } from "./substitute.ts";
import type { Exports } from "./load.ts";
import type { Mismatch } from "./match.ts";
import { Sockets } from "./sockets.ts";
import type { HttpStep, RecordedRequest, SocketStep, Step } from "./vector.ts";

/** What came back, after redirects. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly redirects: readonly Redirect[];
}

type Application = Parameters<typeof testClient>[0];

/** The test clients of one case: one for each set of options that its steps ask for, all on the same application. */
export class Clients {
  /** What the case kept from earlier answers, by name. */
  readonly captured = new Map<string, unknown>();
  readonly #exports: Exports;
  readonly #application: Application;
  readonly #open = new Map<string, TestClient>();
  readonly #sockets = new Sockets();

  /** @param name the export that holds the application. */
  constructor(exports: Exports, name: string) {
    this.#exports = exports;
    this.#application = exported(exports, name) as Application;
  }

  /** Sends the request of a step and follows redirects. An error of the handler that reaches the test client is thrown. */
  async answer(step: HttpStep): Promise<Answer> {
    const request = substitute(step.request, this.captured);
    const client = await this.#client(step, request.base_url);
    // A recorded request says all its cookies.
    client.cookies.clear();
    const target = `${request.path}${request.query === undefined ? "" : `?${request.query}`}`;
    const { status, headers, text, bytes, history } = await client.request(request.method, target, contentOf(request));
    const redirects = history.map((each) => ({ status: each.status, location: each.headers.get("location") ?? "" }));
    return { status, headers, text, bytes, redirects };
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

  /** Carries out a WebSocket step. @returns How it differs from what was recorded. */
  async socket(step: SocketStep): Promise<Mismatch[]> {
    return this.#sockets.run(step, await this.#client(step, undefined), this.captured);
  }

  /** Ends all clients, which runs the shutdown of the application. */
  async close(): Promise<void> {
    await this.#sockets.close();
    for (const client of this.#open.values()) await client.close();
    this.#open.clear();
  }

  async #client(step: Step, baseUrl: string | undefined): Promise<TestClient> {
    const {
      lifespan,
      root_path: rootPath,
      client_address,
      raise_server_exceptions: raiseServerErrors = true,
    } = step.client ?? {};
    if (client_address !== undefined) throw new Error("not supported: client_address");
    const named = ("dependency_overrides" in step ? step.dependency_overrides : undefined) ?? [];
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

function contentOf(request: RecordedRequest): TestRequest {
  const { bytes, contentType } = encodeBody(request);
  const own = Object.entries(request.headers ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name.toLowerCase(), one]),
  );
  const typed = contentType !== undefined && !own.some(([name]) => name === "content-type");
  return {
    headers: typed ? [["content-type", contentType], ...own] : own,
    cookies: request.cookies,
    body: bytes,
    followRedirects: request.follow_redirects,
    defaultHeaders: request.no_default_headers !== true,
  };
}
