/** Checks of what schemes are declared with: a wrong option would open what it was to close. */
import { ApusError, checkOptionNames } from "../diagnostic/index.ts";
import { isToken } from "../exchange/index.ts";

/** @param call The function that was called: `httpBearer`. */
export function wrong(call: string, problem: string): ApusError {
  return new ApusError(`APUS_SCHEME: ${call}: ${problem}`);
}

/** The options of every scheme. */
const shared: readonly string[] = ["schemeName", "description", "autoError", "notAuthenticated"];
/** What a key of `components` may be (OpenAPI 3.1, section 4.8.7.1). */
const componentKey = /^[\w.-]+$/;

/** Checks the options that all schemes share. Those of one scheme are checked by `checkNames`, so that none is misspelled. */
export function checkOptions(call: string, options: object): void {
  const { schemeName, description, autoError, notAuthenticated } = options as Readonly<Record<string, unknown>>;
  if (schemeName !== undefined && (typeof schemeName !== "string" || !componentKey.test(schemeName))) {
    throw wrong(call, "`schemeName` is a name in the document: letters, digits, `.`, `_` and `-`.");
  }
  if (description !== undefined && typeof description !== "string") throw wrong(call, "`description` is a text.");
  if (autoError !== undefined && typeof autoError !== "boolean") throw wrong(call, "`autoError` is true or false.");
  if (notAuthenticated !== undefined && typeof notAuthenticated !== "function") {
    throw wrong(call, "`notAuthenticated` is a function that makes an error.");
  }
}

/** Checks that the options are a record, and that there are such options. */
export function checkNames(call: string, options: unknown, own: readonly string[], others = shared): void {
  checkOptionNames(`${call}()`, options, [...own, ...others]);
}

/** Checks an option that has to be a text with something in it. */
export function checkText(call: string, name: string, value: unknown, optional = false): void {
  if (optional && value === undefined) return;
  if (typeof value !== "string" || value.trim() === "") throw wrong(call, `\`${name}\` is a text that is not empty.`);
}

/** Checks an option that stands in a header by itself: a token (RFC 9110, section 5.6.2). */
export function checkToken(call: string, name: string, value: unknown): void {
  if (typeof value !== "string" || !isToken(value)) {
    throw wrong(call, `\`${name}\` is a token of HTTP: letters, digits and \`-\`, no spaces.`);
  }
}

/** Checks an option that stands between quotes in a header, where a quote or a line break would end it. */
export function checkQuotable(call: string, name: string, value: unknown): void {
  if (value !== undefined && (typeof value !== "string" || !/^[ !#-[\]-~\u00a0-\u00ff]*$/.test(value))) {
    throw wrong(call, `\`${name}\` stands between quotes in a header: no quotes, backslashes or line breaks.`);
  }
}
