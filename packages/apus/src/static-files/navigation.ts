/** Tells a browser that opens a page from what fetches files and data, by the Accept header, as FastAPI does. */

const pages: ReadonlySet<string> = new Set(["text/html", "application/xhtml+xml"]);

/**
 * Whether the client names HTML among what it accepts, and does not refuse it by `q=0`. A client that takes anything names
 * nothing: a script or a picture that is missing must not be answered with a page.
 */
export function isNavigation(accept: string): boolean {
  return accept.split(",").some((range) => {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    return pages.has(type) && !refuses(parameters);
  });
}

/** Whether the first `q` is nought. One that cannot be read counts as 1. */
function refuses(parameters: readonly string[]): boolean {
  const weight = parameters.find((each) => /^q\s*=/.test(each));
  if (weight === undefined) return false;
  const value = weight
    .slice(weight.indexOf("=") + 1)
    .trim()
    .replaceAll('"', "");
  return /^[+-]?[\d.]+(?:e[+-]?\d+)?$/.test(value) && Number(value) === 0;
}
