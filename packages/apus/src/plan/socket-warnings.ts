/** What those who write a socket are told in development: browsers say of a handshake that was refused no more than 1006. */
import type { Exchange } from "../exchange/index.ts";
import type { Plan } from "./plan.ts";

/** Anybody can make up origins. */
const mostOrigins = 20;
/** Longer than any origin. */
const longestOrigin = 512;

const silent = new WeakSet<Plan>();
const refused = new WeakMap<Plan, Set<string>>();

/** Once for each socket: its handler was through before it had accepted. */
export function warnOfSilence(plan: Plan): void {
  if (silent.has(plan)) return;
  silent.add(plan);
  console.warn(
    `apus: ${plan.settings.label}: the handler was through before the socket was accepted, so the client was refused (403); \`await\` what it sends and receives, or say socket.close() where that is meant`,
  );
}

/** Once for each origin: pages of it may not connect. */
export function warnOfOrigin(plan: Plan, { incoming }: Exchange): void {
  const told = refused.get(plan) ?? new Set();
  const [origin = ""] = incoming.headerLines("origin");
  if (told.has(origin) || told.size >= mostOrigins || origin.length > longestOrigin) return;
  refused.set(plan, told.add(origin));
  // Quoted, so that what is in it cannot pass for a line of the log.
  const quoted = JSON.stringify(origin);
  console.warn(
    `apus: ${plan.settings.label}: a page of ${quoted} was refused (403), which asked the host ${JSON.stringify(incoming.header("host") ?? "")}; if it is yours, list it: new App({ sockets: { origins: [${quoted}] } })`,
  );
}
