// What `apus dev` and `apus run` do alike: find the entry, then serve it here or under a supervisor that restarts it.
import { hostname } from "node:os";
import { resolve } from "node:path";
import type { ArgsDef } from "citty";
import { allValues, readPort, readTrustedProxies } from "./arguments.ts";
import { UsageError } from "./cli-error.ts";
import { findEntry, type Named } from "./find-entry.ts";
import { packageFolderOf } from "./package-manifest.ts";
import { said } from "./printable.ts";

interface ServeArguments extends Named {
  readonly host: string;
  readonly port?: string | undefined;
  readonly reload: boolean;
  readonly "root-path"?: string | undefined;
  readonly "trusted-proxies"?: string | undefined;
  readonly "forwarded-allow-ips"?: string | undefined;
  readonly "proxy-headers"?: boolean | undefined;
}

export async function serveCommand(
  command: "dev" | "run",
  definition: ArgsDef,
  rawArguments: readonly string[],
  given: ServeArguments,
): Promise<void> {
  const currentFolder = process.cwd();
  const { file, appName, discovered } = findEntry(given, currentFolder);
  const outside = publicUrl(process.env);
  const options = {
    entry: file,
    appName,
    host: given.host,
    port: readPort(given.port, process.env),
    rootPath: given["root-path"],
    trustedProxies: readTrustedProxies(given),
    publicUrl: outside,
    // Whoever asks the server of a developer by another name may be a page that had the name point here.
    allowedHosts:
      command === "dev"
        ? [
            ...allValues("allowed-host", rawArguments, definition),
            ...[given.host, hostname(), outside && new URL(outside).hostname].filter(isName),
          ]
        : undefined,
    mode: command === "dev" ? "development" : "production",
    reload: given.reload,
    // a hint to pin it is of use where there is a package.json to do it in
    discovered: discovered && given.path === undefined && packageFolderOf(currentFolder) === currentFolder,
    again: false,
  } as const;
  const folders = allValues("reload-dir", rawArguments, definition).map((each) => resolve(currentFolder, each));
  if (!given.reload && folders.length > 0) {
    throw new UsageError(
      command === "dev"
        ? "--reload-dir says what restarts the app, and --no-reload that nothing does."
        : "--reload-dir needs --reload.",
    );
  }
  if (given.reload) {
    const { supervise } = await import("./reload/supervise.ts");
    process.exitCode = await supervise(options, { folder: currentFolder, reloadFolders: folders });
  } else {
    const { startApp } = await import("./start-app.ts");
    await startApp(options);
  }
}

/** Addresses are answered to anyway. */
function isName(host: string | undefined): host is string {
  return host !== undefined && /^[\w-]+(?:\.[\w-]+)*$/.test(host);
}

/** The address that is shown instead of the one listened on, as where a container or a tunnel is reached from outside. */
function publicUrl(environment: NodeJS.ProcessEnv): string | undefined {
  const text = environment["APUS_PUBLIC_URL"] ?? "";
  if (text === "") return undefined;
  if (/^https?:\/\/[!-~]+$/i.test(text) && URL.canParse(text)) return text.replace(/\/$/, "");
  throw new UsageError(
    said`The environment variable APUS_PUBLIC_URL is "${text}": give an address such as https://api.example.com.`,
  );
}
