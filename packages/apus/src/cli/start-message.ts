// What a person reads when the app is up: mode, entry, address, documentation.

interface StartFacts {
  readonly entry: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly docsUrl: string | null | undefined;
  readonly mode: "development" | "production";
  readonly reload: boolean;
  readonly again: boolean;
}

/** An address for a browser on this machine: "every interface" is no place to go to. */
function browserHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

/** @example startMessage(facts) // "apus dev\n  Mode    development, restarts on save\n  …" */
export function startMessage(facts: StartFacts): string {
  const address = `http://${browserHost(facts.host)}:${facts.port}`;
  if (facts.again) return `Restarted ${facts.entry} at ${address}`;
  const everywhere = facts.host === "0.0.0.0" || facts.host === "::";
  const rows: [string, string][] = [
    ["Mode", facts.mode + (facts.reload ? ", restarts on save" : "")],
    ["App", `${facts.entry} (export ${facts.name})`],
    ["Server", address + (everywhere ? ` (listens on ${facts.host}, so other machines can reach it)` : "")],
  ];
  if (typeof facts.docsUrl === "string") rows.push(["Docs", address + facts.docsUrl]);
  return ["Apus", ...rows.map(([label, value]) => `  ${label.padEnd(8)}${value}`)].join("\n");
}
