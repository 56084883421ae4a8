// What `apus dev` and `apus run` do alike: find the entry, then serve it here or under a supervisor that restarts it.
import type { ArgsDef } from "citty";
import { checkArguments, readPort, readTrustedProxies } from "./arguments.ts";
import { findEntry } from "./find-entry.ts";
import { reportErrors } from "./report-errors.ts";

interface ServeArguments {
  readonly path?: string | undefined;
  readonly host: string;
  readonly port?: string | undefined;
  readonly app?: string | undefined;
  readonly reload: boolean;
  readonly "root-path"?: string | undefined;
  readonly "trusted-proxies"?: string | undefined;
  readonly "forwarded-allow-ips"?: string | undefined;
  readonly "proxy-headers"?: boolean | undefined;
}

export function serveCommand(
  command: "dev" | "run",
  definition: ArgsDef,
  rawArguments: readonly string[],
  given: ServeArguments,
): Promise<void> {
  return reportErrors(async () => {
    checkArguments(command, rawArguments, definition);
    const options = {
      entry: findEntry(given.path, process.cwd()),
      appName: given.app,
      host: given.host,
      port: readPort(given.port, process.env),
      rootPath: given["root-path"],
      trustedProxies: readTrustedProxies(given),
      mode: command === "dev" ? "development" : "production",
      reload: given.reload,
      again: false,
    } as const;
    if (given.reload) {
      const { supervise } = await import("./reload/supervise.ts");
      process.exitCode = await supervise(options);
    } else {
      const { startApp } = await import("./start-app.ts");
      await startApp(options);
    }
  });
}
