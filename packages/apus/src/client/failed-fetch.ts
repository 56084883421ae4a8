/** Tells a failure of the platform's `fetch` from whatever else a `fetch` of one's own throws. */

/** What browsers (Chromium, Firefox, WebKit) and Node say where there is no answer, and where one breaks off. */
const words =
  /^(?:Failed to fetch(?: \([^)]*\))?|network error|NetworkError when attempting to fetch resource\.|Error in input stream|Load failed(?: \([^)]*\))?|fetch failed|terminated)$/;

/**
 * Whether an error is certainly of the platform's `fetch`, whoever called it. It is a TypeError, as a mistake of the program is;
 * so its words tell it, which are the platform's own, and in Bun its code (`ECONNREFUSED`), which mistakes do not have.
 * Node has codes for mistakes too: `ERR_INVALID_ARG_TYPE`.
 */
export function isFailedFetch(error: unknown): boolean {
  // The name, as subclasses have others: whoever made one says what it is.
  if (!(error instanceof TypeError) || error.name !== "TypeError") return false;
  const { code } = error as { code?: unknown };
  return words.test(error.message) || (typeof code === "string" && !code.startsWith("ERR_"));
}
