/** Where sockets are reached: the servers of the App as AsyncAPI lists them. */
import { defined } from "../openapi/index.ts";

interface Listed {
  readonly url: string;
  readonly description?: string | undefined;
  readonly variables?: Readonly<Record<string, object>> | undefined;
}

/** Scheme, host and path of an absolute address; a host may hold variables: `{region}.example.com`. */
const absolute = /^(?:(?:http|ws)(?<secure>s?)):\/\/(?<host>[^/?#]+)(?<path>\/[^?#]*)?/;

/**
 * Servers by name. One whose address is relative is left out: the document knows its path, but not its host, which AsyncAPI asks for.
 */
export function serversOf(servers: readonly Listed[]): Record<string, object> {
  const found: Record<string, object> = {};
  for (const { url, description, variables } of servers) {
    const parts = absolute.exec(url)?.groups;
    if (parts === undefined) continue;
    const { secure, host = "", path = "" } = parts;
    const pathname = path.replace(/\/+$/, "");
    found[nameFor(host, found)] = defined({
      host,
      pathname,
      protocol: secure === "s" ? "wss" : "ws",
      description,
      variables,
    });
  }
  return found;
}

/** `api.example.com` is `api_example_com`; the second of that name `api_example_com_2`. */
function nameFor(host: string, taken: Readonly<Record<string, object>>): string {
  const name = host
    .split(/[^\w-]+/)
    .filter(Boolean)
    .join("_");
  let unique = name;
  for (let i = 2; Object.hasOwn(taken, unique); i++) unique = `${name}_${i}`;
  return unique;
}
