// D13-slash-redirects: FastAPI redirects to the other form of a path, with or without its last slash, by an absolute
// address made of the Host header. Ours is relative to the authority. The rule takes the origin of the request away from
// such a redirect's location, and leaves every other redirect as it is.
import type { Redirect } from "../runner/expectation.ts";
import type { Rule } from "./rule.ts";

const defaultBaseUrl = "http://testserver";

export const slashRedirects: Rule = {
  id: "D13-slash-redirects",
  transform(answer, { request }) {
    const query = request.query === undefined ? "" : `?${request.query}`;
    let asked = `${request.base_url ?? defaultBaseUrl}${request.path}${query}`;
    const redirects: Redirect[] = [];
    for (const hop of answer.redirects ?? []) {
      const location = hop.status === 307 ? relative(hop.location, asked) : undefined;
      redirects.push(location === undefined ? hop : { ...hop, location });
      asked = new URL(hop.location, asked).href;
    }
    const last = answer.status === 307 ? relative(answer.headers["location"], asked) : undefined;
    const followed = redirects.some((hop, index) => hop !== answer.redirects?.[index]);
    if (!followed && last === undefined) return answer;
    return {
      ...answer,
      ...(followed ? { redirects } : {}),
      ...(last === undefined ? {} : { headers: { ...answer.headers, location: last } }),
    };
  },
};

/** The location without its origin, if it is what was asked for with a slash at the path's end more or less. */
function relative(location: unknown, asked: string): string | undefined {
  if (typeof location !== "string") return undefined;
  const { origin } = new URL(asked);
  const target = asked.slice(origin.length);
  const [path = "", ...query] = target.split(/(?=\?)/);
  const other = (path.endsWith("/") ? path.slice(0, -1) : `${path}/`) + query.join("");
  return path !== "/" && location === origin + other ? other : undefined;
}
