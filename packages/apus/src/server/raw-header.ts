/** Single headers of a `node:http` request, without building the object of all of them that `request.headers` is. */
import type { IncomingMessage } from "node:http";

/** The first line under a lower-case name, or undefined. */
export function rawHeader({ rawHeaders: raw }: Pick<IncomingMessage, "rawHeaders">, name: string): string | undefined {
  for (let i = 0; i < raw.length; i += 2) {
    const each = raw[i]!;
    if (each.length === name.length && (each === name || each.toLowerCase() === name)) return raw[i + 1];
  }
  return undefined;
}

/** All lines under a lower-case name. */
export function rawHeaderLines({ rawHeaders: raw }: Pick<IncomingMessage, "rawHeaders">, name: string): string[] {
  const found: string[] = [];
  for (let i = 0; i < raw.length; i += 2) if (raw[i]!.toLowerCase() === name) found.push(raw[i + 1]!);
  return found;
}
