// D14-documentation-pages: FastAPI's documentation pages load Swagger UI and ReDoc from elsewhere and are started by inline scripts; ours
// load them from the package, and nothing is inline but, on a page that a handler returns, what its policy names by digest. The rule
// recognises FastAPI's three pages by what only they say, and puts what must hold of ours in the place of their text: the title, each
// setting of Swagger UI, a policy and, on the pages that the app serves by itself, no inline script.
import { isObject } from "../runner/match.ts";
import type { ExpectedAnswer, ExpectedBody } from "../runner/expectation.ts";
import type { Rule } from "./rule.ts";

export const documentationPages: Rule = {
  id: "D14-documentation-pages",
  transform(answer) {
    const [body] = answer.bodies;
    if (answer.bodies.length !== 1 || body?.kind !== "text" || !isHtml(answer)) return answer;
    const page = pageIn(body);
    if (page === undefined) return answer;
    const asserted = answer.contains.filter((part) => !page.script.includes(part));
    return {
      ...answer,
      bodies: [],
      contains: [...new Set([page.title, ...page.settings.map(inOurs), ...asserted])],
      notContains: [...answer.notContains, ...(page.ofTheApp ? ["<script>"] : [])],
      headersPresent: [...answer.headersPresent, "content-security-policy"],
    };
  },
};

type Setting = readonly [name: string, value: unknown];

interface Page {
  /** The title element as it is written. */
  readonly title: string;
  /** FastAPI's inline script, or nothing: what a test asserts of it is asserted through `settings`. */
  readonly script: string;
  readonly settings: readonly Setting[];
  /** Whether the app serves the page by itself: then FastAPI's loads its files from where FastAPI says. */
  readonly ofTheApp: boolean;
}

function isHtml({ status, headers }: ExpectedAnswer): boolean {
  return status === 200 && headers["content-type"] === "text/html; charset=utf-8";
}

function pageIn({ value }: Extract<ExpectedBody, { kind: "text" }>): Page | undefined {
  const title = /<title>[^<]*<\/title>/.exec(value)?.[0];
  const script = /<script>\n([^]*?)<\/script>/.exec(value)?.[1] ?? "";
  if (title === undefined) return undefined;
  const ofTheApp = value.includes('<script src="https://cdn.jsdelivr.net/npm/');
  if (/^\s*const ui = SwaggerUIBundle\(\{\n/.test(script)) {
    return { title, script, settings: settingsIn(script), ofTheApp };
  }
  const isReDoc = /<redoc spec-url="[^"]*"><\/redoc>/.test(value);
  const isRedirect = script.includes("var oauth2 = window.opener.swaggerUIRedirectOauth2;");
  return isReDoc || isRedirect ? { title, script, settings: [], ofTheApp } : undefined;
}

/** FastAPI writes one setting a line, as JSON; the lines that are JavaScript hold addresses and presets. */
function settingsIn(script: string): Setting[] {
  return script.split("\n").flatMap((line) => {
    const [, member] = /^\s*(".+": .+),$/.exec(line) ?? [];
    if (member === undefined) return [];
    const settings: unknown = JSON.parse(`{${member}}`);
    return isObject(settings) ? Object.entries(settings) : [];
  });
}

/** A setting as our page writes it: JSON with one space a level, two levels deep. */
function inOurs([name, value]: Setting): string {
  const written = JSON.stringify({ ui: { [name]: value } }, null, 1)
    .split("\n")
    .slice(2, -2);
  return written.join("\n");
}
