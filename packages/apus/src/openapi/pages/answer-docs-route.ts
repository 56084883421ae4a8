// Answers one route of the documentation: its text, or the file behind it, read through the host.
import type { DocsRoute } from "./docs-routes.ts";

/** What the adapter gives so that the core can reach the package's files. */
interface DocsHost {
  /** Reads a file of the package's `assets` folder. It rejects when the file is not there. */
  asset(name: string): Promise<Uint8Array> | Uint8Array;
}

interface DocsAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Uint8Array;
}

const plainText = [
  ["content-type", "text/plain; charset=utf-8"],
  ["x-content-type-options", "nosniff"],
  ["cache-control", "no-store"],
] as const;

/**
 * The answer to GET for one of `docsRoutes`. Without a host the page and its files answer 501 with a sentence that says what to do; a
 * file that the host cannot read answers 500 with one.
 */
export async function answerDocsRoute(route: DocsRoute, host: DocsHost | undefined): Promise<DocsAnswer> {
  if ("text" in route.body) {
    if (host === undefined && route.withoutHost !== undefined) {
      return { status: 501, headers: plainText, body: route.withoutHost };
    }
    return { status: 200, headers: route.headers, body: route.body.text };
  }
  if (host === undefined) {
    return {
      status: 501,
      headers: plainText,
      body: "This runtime gives the application no access to the package's files.\n",
    };
  }
  try {
    return { status: 200, headers: route.headers, body: await host.asset(route.body.asset) };
  } catch {
    return {
      status: 500,
      headers: plainText,
      body: `The file assets/${route.body.asset} of the package "apus" could not be read. Install the package again; in a checkout of Apus, run: npm run build\n`,
    };
  }
}
