// Guards against DNS rebinding: a web page whose own name is made to point at this machine reaches the server, but its
// requests name the page's host.
import { depends, header, HTTPException } from "apus";
import { z } from "zod";

/** The names of this machine for itself. */
export const loopbackHosts: readonly string[] = ["localhost", "127.0.0.1", "::1"];

/** The host names that are answered; null answers all. `createApp` sets it. */
export const knownHosts = depends((): readonly string[] | null => null, { scope: "app", name: "knownHosts" });

/** Answers 421 to requests that name another host (RFC 9110, section 15.5.20). */
export const onlyKnownHosts = depends(
  { host: header(z.string().default(""), { includeInSchema: false }), known: knownHosts },
  ({ host, known }): void => {
    if (known === null || known.includes(hostName(host))) return;
    throw new HTTPException(
      421,
      `This server answers to ${known.join(", ")} only. To reach it by another name, start it with HOST=0.0.0.0.`,
    );
  },
  { name: "onlyKnownHosts" },
);

/** Without the port, and without the brackets of an IPv6 address. */
export function hostName(host: string): string {
  const name = /^(?:\[(?<v6>[^\]]*)\]|(?<name>[^:]*))(?::\d*)?$/.exec(host)?.groups;
  return (name?.["v6"] ?? name?.["name"] ?? "").toLowerCase();
}
