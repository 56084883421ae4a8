// Serves the App of an entry file in this process and prints where it is.
import { UsageError } from "./cli-error.ts";
import { BlockedPort } from "./listen-error.ts";
import { loadApp, loadServe, rememberPlaces, shownPath } from "./load-app.ts";
import { LoadFailure } from "./load-failure.ts";
import { startMessage } from "./start-message.ts";

/** How long a restart waits for requests under way, and then for what they clean up, in milliseconds: a developer waits for it. */
const inDevelopment = { drainTimeout: 200, closeTimeout: 300 };

export interface StartOptions {
  /** Absolute path of the module that exports the App. */
  readonly entry: string;
  readonly appName: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly rootPath: string | undefined;
  readonly trustedProxies: readonly string[] | number | undefined;
  /** The names that are answered to; undefined for all. */
  readonly allowedHosts: readonly string[] | undefined;
  readonly mode: "development" | "production";
  /** The address to show, where it is not the one listened on. */
  readonly publicUrl: string | undefined;
  /** Whether saves restart the App. */
  readonly reload: boolean;
  /** Whether the entry was found rather than named, so that a hint is of use. */
  readonly discovered: boolean;
  /** Whether this start repeats an earlier one, so that one line is enough. */
  readonly again: boolean;
}

/** Resolves when the App listens; the server goes on, and ends by itself after SIGINT or SIGTERM. */
export async function startApp(options: StartOptions): Promise<{ readonly port: number }> {
  const { entry, host } = options;
  if (options.mode === "development") rememberPlaces();
  const { app, name } = await loadApp(entry, options.appName);
  const serve = await loadServe(entry);
  try {
    const { port } = await serve(app as Parameters<typeof serve>[0], {
      host,
      port: options.port,
      rootPath: options.rootPath,
      trustedProxies: options.trustedProxies,
      allowedHosts: options.allowedHosts,
      ...(options.mode === "development" ? inDevelopment : {}),
    });
    const { publicUrl, mode, reload, discovered, again } = options;
    const { docsUrl } = app;
    const facts = { entry: shownPath(entry), name, host, port, publicUrl, docsUrl, mode, reload, discovered, again };
    console.log(startMessage(facts));
    return { port };
  } catch (error) {
    throw (
      BlockedPort.from(error, options) ??
      wrongOption(error, options) ??
      new LoadFailure(`${shownPath(entry)} could not be started.`, error)
    );
  }
}

/** What the framework refuses of an option of the command line is said of that option. */
function wrongOption(error: unknown, { rootPath, trustedProxies }: StartOptions): UsageError | undefined {
  if (!(error instanceof Error)) return undefined;
  const [code] = error.message.split(":", 1);
  const option =
    code === "APUS_ROOT_PATH" && rootPath !== undefined
      ? "--root-path"
      : code === "APUS_TRUSTED_PROXIES" && trustedProxies !== undefined
        ? "--trusted-proxies"
        : code === "APUS_SERVE_OPTION" && error.message.includes("allowedHosts")
          ? "--allowed-host"
          : undefined;
  return option === undefined ? undefined : new UsageError(`${option}: ${error.message.slice(code!.length + 2)}`);
}
