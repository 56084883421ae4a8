/**
 * What Starlette 1.3.1, with which the contract was recorded, answers for options and requests of all sorts. Answers that
 * are meant to differ (Vary on every answer of a listed origin, hosts that are malformed) are not in it; tests name them.
 */
import { readFileSync } from "node:fs";
import { App, middleware, text, type Middleware } from "apus";
import { testClient } from "apus/testing";

/** One request and its answer. The line names the scheme where it matters: `GET https /items`. */
type Asked = readonly [
  line: string,
  headers: Readonly<Record<string, string>>,
  status: number,
  answered: Readonly<Record<string, string>>,
  body: string,
];

export interface Recorded {
  readonly kind: "cors" | "trustedHosts" | "httpsRedirect";
  readonly options: object;
  readonly asked: readonly Asked[];
}

const table = JSON.parse(readFileSync(new URL("starlette.json", import.meta.url), "utf8")) as Recorded[];

/** The part of the table about one middleware. */
export function recorded(kind: Recorded["kind"]): readonly Recorded[] {
  return table.filter((each) => each.kind === kind);
}

/** What stood behind the middleware when the table was made. */
const innermost = middleware({
  onRequest({ path }) {
    const headers = {
      ...(path === "/vary" ? { vary: "Accept-Encoding" } : {}),
      ...(path === "/own" ? { "access-control-allow-origin": "https://own.example" } : {}),
    };
    return text("inner", { status: path === "/missing" ? 404 : 200, headers });
  },
});

/** Asks everything again: what came back, and what was recorded. */
export async function askAgain(
  made: Middleware,
  asked: readonly Asked[],
): Promise<[found: unknown, expected: unknown]> {
  const app = new App({ middleware: [made, innermost] });
  const found: unknown[] = [];
  const expected: unknown[] = [];
  for (const [line, headers, status, answered, body] of asked) {
    const [method, ...rest] = line.split(" ") as [string, ...string[]];
    const baseUrl = rest[0] === "https" ? "https://testserver" : "http://testserver";
    const target = rest.at(-1)!;
    const answer = await testClient(app, { baseUrl, followRedirects: false }).request(method, target, { headers });
    const { "content-length": _, ...others } = Object.fromEntries(answer.headers);
    found.push([line, headers, answer.status, others, answer.text]);
    expected.push([line, headers, status, answered, method === "HEAD" ? "" : body]);
  }
  return [found, expected];
}
