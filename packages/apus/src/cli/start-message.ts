// What a person reads when the app is up: mode, entry, address, documentation.
import { said } from "./printable.ts";

interface StartFacts {
  readonly entry: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** The address to show instead. */
  readonly publicUrl: string | undefined;
  readonly docsUrl: string | null | undefined;
  readonly mode: "development" | "production";
  readonly reload: boolean;
  readonly discovered: boolean;
  readonly again: boolean;
}

/** An address for a browser on this machine: "every interface" is no place to go to. */
function browserHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

/** @example startMessage(facts) // "Apus\n  Mode    development, restarts on save\n  …" */
export function startMessage(facts: StartFacts): string {
  const address = facts.publicUrl ?? `http://${browserHost(facts.host)}:${facts.port}`;
  if (facts.again) return said`Restarted ${facts.entry} at ${address}`;
  const rows: [string, string][] = [
    ["Mode", facts.mode + (facts.reload ? ", restarts on save" : "")],
    ["App", `${facts.entry} (export ${facts.name})`],
    ["Server", address + listening(facts)],
  ];
  if (typeof facts.docsUrl === "string") rows.push(["Docs", address + facts.docsUrl]);
  if (facts.discovered) {
    const pinned = JSON.stringify(`${facts.entry.replaceAll("\\", "/")}:${facts.name}`);
    rows.push(["Hint", `pin this app in package.json: "apus": { "entrypoint": ${pinned} }`]);
  }
  return ["Apus", ...rows.map(([label, value]) => said`  ${label.padEnd(8)}${value}`)].join("\n");
}

function listening({ host, port, publicUrl }: StartFacts): string {
  const everywhere = host === "0.0.0.0" || host === "::";
  if (publicUrl !== undefined) return ` (listens on ${host}, port ${port})`;
  return everywhere ? ` (listens on ${host}, so other machines can reach it)` : "";
}
