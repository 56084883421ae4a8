/**
 * What the test client of Starlette 1.10 (over httpx 0.28) asked an app, and what it had in its jar, for redirects and cookies
 * of all sorts, under the policy of Python's jar that sends a cookie without a domain to its host alone. Cookies are sorted.
 * Where Python's jar reads a line otherwise than RFC 6265 says, `meant` has what this client does. Where a redirect drops the
 * body, httpx still says of what type it was; here the type goes with the body, as in Fetch.
 */
import { readFileSync } from "node:fs";
import { App, middleware } from "apus";
import { testClient, type TestClientOptions, type TestRequest } from "apus/testing";
import { describe, expect, it } from "vitest";

interface Step extends Pick<TestRequest, "json" | "body" | "followRedirects"> {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Outcome {
  readonly status?: number;
  readonly url?: string;
  readonly history?: readonly number[];
  readonly error?: string;
  /** The requests of the step, or how many there were. */
  readonly seen: readonly (readonly string[])[] | number;
  readonly jar: readonly string[];
}

interface Scenario {
  readonly name: string;
  readonly client: TestClientOptions;
  /** By path, or by method and path. */
  readonly answers: Readonly<Record<string, { readonly status: number; readonly headers: [string, string][] }>>;
  readonly steps: readonly Step[];
  readonly outcome: readonly Outcome[];
}

const dir = "GET http://testserver/dir";

/** By scenario, the last of what was seen of each step: where the redirect led, or the cookie that came. */
const meant: Readonly<Record<string, readonly string[]>> = {
  // A fragment never leaves a client; an address without a path has the path "/".
  "location '/to#f'": ["http://testserver/to"],
  "location 'http://testserver'": ["http://testserver/"],
  // A path that is none counts as left out: the cookie is for the folder of what was asked.
  "'a=1; Path=dir' from http://testserver": [
    `${dir}/set`,
    "GET http://testserver/",
    "cookie: a=1",
    "cookie: a=1",
    `${dir}t`,
  ],
  // Of two paths the last counts.
  "'a=1; Path=/; Path=/dir' from http://testserver": [
    `${dir}/set`,
    "GET http://testserver/",
    "cookie: a=1",
    "cookie: a=1",
    `${dir}t`,
  ],
  // An empty domain is none: the cookie is for the host alone.
  "'a=1; Domain=; Path=/' from https://api.example.com": [
    "GET https://api.example.com/dir/set",
    "cookie: a=1",
    "cookie: a=1",
    "GET https://example.com/",
    "GET https://v2.api.example.com/",
    "GET https://other.example/",
  ],
};

/** What was seen, without the type of a body that a redirect dropped. */
function typed(outcome: readonly Outcome[]): Outcome[] {
  const hasBody = (lines: readonly string[]): boolean => lines.some((line) => line.startsWith("content-length: "));
  return outcome.map((each) =>
    typeof each.seen === "number"
      ? each
      : {
          ...each,
          seen: each.seen.map((lines) =>
            hasBody(lines) ? lines : lines.filter((line) => !line.startsWith("content-type: ")),
          ),
        },
  );
}

const recorded = JSON.parse(readFileSync(new URL("starlette.json", import.meta.url), "utf8")) as Scenario[];

async function play({ client: options, answers, steps }: Scenario): Promise<Outcome[]> {
  const seen: string[][] = [];
  const recorder = middleware({
    async onRequest(request) {
      const { method, scheme, rawTarget: target, headers } = request;
      const cookies = (headers.get("cookie") ?? "").split("; ").toSorted().join("; ");
      const line = `${method} ${scheme}://${headers.get("host")}${target}`;
      const body = await request.text();
      seen.push([
        line,
        ...(cookies === "" ? [] : [`cookie: ${cookies}`]),
        ...["authorization", "content-type", "content-length"].flatMap((name) =>
          headers.has(name) ? [`${name}: ${headers.get(name)}`] : [],
        ),
        ...(body === "" ? [] : [`body: ${body}`]),
      ]);
      const path = target.split("?")[0]!;
      const { status, headers: answered } = answers[`${method} ${path}`] ??
        answers[path] ?? { status: 200, headers: [] };
      return new Response(null, { status, headers: answered });
    },
  });
  const client = testClient(new App({ middleware: [recorder] }), options);
  const outcomes: Outcome[] = [];
  for (const { method, path, ...init } of steps) {
    seen.length = 0;
    let outcome: Partial<Outcome>;
    try {
      const { status, url, history } = await client.request(method, path, init);
      outcome = { status, url, history: history.map((each) => each.status) };
    } catch (error) {
      outcome = { error: (error as { code?: string }).code ?? String(error) };
    }
    const jar = [...client.cookies].map(({ name, value }) => `${name}=${value}`).toSorted();
    outcomes.push({ ...outcome, seen: seen.length < 25 ? [...seen] : seen.length, jar });
  }
  return outcomes;
}

describe("as Starlette's test client does", () => {
  it("there are many", () => expect(recorded.length).toBeGreaterThan(200));
  it.each(recorded.filter(({ name }) => !(name in meant)))("$name", async (scenario) => {
    expect(await play(scenario)).toEqual(typed(scenario.outcome));
  });
});

describe("otherwise than Starlette's test client", () => {
  it("the type of a body goes with the body", async () => {
    const differing = recorded.filter(({ outcome }) => JSON.stringify(outcome) !== JSON.stringify(typed(outcome)));
    expect(differing.map(({ name }) => name)).toEqual([
      "POST 301",
      "POST 302",
      "PUT 302",
      "PATCH 302",
      "POST 303",
      "PUT 303",
      "PATCH 303",
      "a chain",
    ]);
    for (const scenario of differing) expect(await play(scenario)).toEqual(typed(scenario.outcome));
  });
  it.each(recorded.filter(({ name }) => name in meant))("$name", async (scenario) => {
    const found = await play(scenario);
    expect(found).not.toEqual(scenario.outcome);
    const last = ({ url, seen, history }: Outcome) => (history?.length === 0 ? [seen].flat(2).at(-1) : url);
    expect(found.map(last)).toEqual(meant[scenario.name]);
  });
  it("is all there", () =>
    expect(recorded.filter(({ name }) => name in meant)).toHaveLength(Object.keys(meant).length));
});
