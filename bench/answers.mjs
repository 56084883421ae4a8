// Equal work or no race: before anything is timed, every server must give the same answers to the same requests, and
// those that validate must refuse the same bad input.
import { isDeepStrictEqual } from "node:util";

/**
 * Asks a server every question of the given routes.
 *
 * @param {string} baseUrl where it listens
 * @param {boolean} validates whether it must refuse bad input and drop undeclared fields as well
 * @param {readonly import("./routes.mjs").Route[]} routes
 * @returns {Promise<string[]>} one sentence for each difference; empty when all answers are equal
 */
export async function differences(baseUrl, validates, routes) {
  const found = [];
  for (const route of routes) {
    for (const expected of validates ? [...route.answers, ...route.filtered] : route.answers) {
      const difference = await compare(baseUrl, expected);
      if (difference !== undefined) found.push(difference);
    }
    for (const refusal of validates ? route.refusals : []) {
      const { status } = await ask(baseUrl, refusal);
      if (status < 400 || status > 499) {
        found.push(`${refusal.method} ${refusal.path} with bad input (${refusal.why}) was answered ${status}, not 4xx`);
      }
    }
  }
  return found;
}

async function compare(baseUrl, expected) {
  const asked = `${expected.method} ${expected.path}`;
  const { status, contentType, text } = await ask(baseUrl, expected);
  if (status !== expected.status)
    return `${asked} was answered ${status}, not ${expected.status}: ${text.slice(0, 200)}`;
  // A peer may add "; charset=utf-8", which says nothing new about JSON (RFC 8259, section 11).
  const mediaType = contentType.split(";", 1)[0].trim().toLowerCase();
  if (mediaType !== "application/json") return `${asked} was answered as ${contentType || "no content type"}`;
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    return `${asked} was answered with something that is not JSON: ${text.slice(0, 200)}`;
  }
  if (isDeepStrictEqual(json, expected.json)) return undefined;
  return `${asked} was answered ${text.slice(0, 300)}, not ${JSON.stringify(expected.json)}`;
}

async function ask(baseUrl, { method, path, body }) {
  const init = body === undefined ? { method } : { method, body, headers: { "content-type": "application/json" } };
  const answer = await fetch(baseUrl + path, { ...init, signal: AbortSignal.timeout(5000) });
  return {
    status: answer.status,
    contentType: answer.headers.get("content-type") ?? "",
    text: await answer.text(),
  };
}
