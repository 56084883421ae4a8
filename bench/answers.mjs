// Equal work or no race: before anything is timed, every server must give the same answers to the same requests, deny what is
// not allowed, and those that validate must refuse the same bad input.
import { isDeepStrictEqual } from "node:util";

/**
 * Asks a server every question of the given routes.
 *
 * @param {string} baseUrl where it listens
 * @param {{ validates: boolean, refuses?: number }} server whether it must refuse bad input and drop undeclared fields as
 *   well, and the status it may refuse with besides those of 4xx
 * @param {readonly import("./routes.mjs").Route[]} routes
 * @returns {Promise<string[]>} one sentence for each difference; empty when all answers are equal
 */
export async function differences(baseUrl, { validates, refuses }, routes) {
  const found = [];
  const report = (sentence) => void (sentence !== undefined && found.push(sentence));
  for (const route of routes) {
    for (const expected of validates ? [...route.answers, ...route.filtered] : route.answers) {
      report(await compare(baseUrl, expected));
    }
    for (const denied of route.denied) {
      const { status } = await ask(baseUrl, denied);
      if (status !== 401) report(`${asked(denied)} (${denied.why}) was answered ${status}, not 401`);
    }
    for (const refusal of validates ? route.refusals : []) {
      const { status } = await ask(baseUrl, refusal);
      if ((status < 400 || status > 499 || status === 401) && status !== refuses) {
        report(`${asked(refusal)} with bad input (${refusal.why}) was answered ${status}, not 4xx`);
      }
    }
  }
  return found;
}

const asked = ({ method, path }) => `${method} ${path}`;

async function compare(baseUrl, expected) {
  const { status, headers, text } = await ask(baseUrl, expected);
  if (status !== expected.status) {
    return `${asked(expected)} was answered ${status}, not ${expected.status}: ${text.slice(0, 200)}`;
  }
  // A peer may add "; charset=utf-8", which says nothing new about JSON (RFC 8259, section 11).
  const contentType = headers.get("content-type") ?? "";
  const mediaType = contentType.split(";", 1)[0].trim().toLowerCase();
  if (mediaType !== "application/json") return `${asked(expected)} was answered as ${contentType || "no content type"}`;
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    const given = headers.get(name);
    const right = typeof value === "string" ? given === value : given !== null && value.test(given);
    if (!right) return `${asked(expected)} was answered with ${name}: ${given ?? "(none)"}, not ${value}`;
  }
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    return `${asked(expected)} was answered with something that is not JSON: ${text.slice(0, 200)}`;
  }
  if (!isDeepStrictEqual(json, expected.json)) {
    return `${asked(expected)} was answered ${text.slice(0, 300)}, not ${JSON.stringify(expected.json).slice(0, 300)}`;
  }
  if (expected.fresh === undefined) return undefined;
  const again = await ask(baseUrl, expected);
  if (again.headers.get(expected.fresh) !== headers.get(expected.fresh)) return undefined;
  return `${asked(expected)} was answered twice with the same ${expected.fresh}`;
}

async function ask(baseUrl, { method, path, body, sends }) {
  const type = body === undefined ? undefined : { "content-type": "application/json" };
  const init = { method, headers: { ...type, ...sends }, signal: AbortSignal.timeout(5000) };
  const answer = await fetch(baseUrl + path, body === undefined ? init : { ...init, body });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
