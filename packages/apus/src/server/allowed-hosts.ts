/**
 * Which names a server answers to. A page of another site can have a name of its own point at this machine (DNS rebinding) and
 * then ask a server that listens here alone; what gives it away is the name in the Host header.
 */
import { ApusError } from "../diagnostic/index.ts";
import { builtin } from "./builtin.ts";

/** A name of DNS, `.example.com` for everything below one, or `*` for every name. */
const entry = /^(?:\*|\.?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)$/i;

/**
 * @param names Besides `localhost`, everything below it, and addresses, to which no name can be made to point.
 * @returns Whether a Host header is for one of them; undefined where every name is.
 * @throws ApusError for what can be no name.
 */
export function hostCheck(names: readonly string[]): ((host: string) => boolean) | undefined {
  if (!Array.isArray(names)) throw wrong(`is ${JSON.stringify(names)}; give a list of names: ["example.com"]`);
  const bad = names.find((each) => typeof each !== "string" || !entry.test(each));
  if (bad !== undefined) {
    throw wrong(
      `names ${JSON.stringify(bad)}; write a name without scheme, port and path: "example.com", ".example.com" for every name below it, "*" for all`,
    );
  }
  if (names.includes("*")) return undefined;
  const listed = ["localhost", ".localhost", ...names.map((each) => each.toLowerCase())];
  const exact = new Set(listed.filter((each) => !each.startsWith(".")));
  const endings = listed.filter((each) => each.startsWith("."));
  return (host) => {
    const name = nameOf(host);
    if (name === undefined) return true;
    return exact.has(name) || endings.some((ending) => name.length > ending.length && name.endsWith(ending));
  };
}

/** The name that a Host header holds, or undefined for an address. */
function nameOf(host: string): string | undefined {
  const { isIP } = builtin("node:net");
  if (host.startsWith("[")) {
    const end = host.indexOf("]");
    return end > 0 && isIP(host.slice(1, end)) === 6 && /^(?::\d*)?$/.test(host.slice(end + 1)) ? undefined : host;
  }
  const name = host.replace(/:\d*$/, "").replace(/\.$/, "").toLowerCase();
  return isIP(name) === 4 ? undefined : name;
}

function wrong(what: string): ApusError {
  return new ApusError(`APUS_SERVE_OPTION: serve(app, options): allowedHosts ${what}.`);
}
