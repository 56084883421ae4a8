// Serves the App of an entry file in this process and prints where it is.
import { BlockedPort } from "./listen-error.ts";
import { loadApp, loadServe, shownPath } from "./load-app.ts";
import { LoadFailure } from "./load-failure.ts";
import { startMessage } from "./start-message.ts";

/** How long a restart waits for requests under way, in milliseconds: a developer waits for it. */
const developmentDrain = 2000;

export interface StartOptions {
  /** Absolute path of the module that exports the App. */
  readonly entry: string;
  readonly appName: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly rootPath: string | undefined;
  readonly trustedProxies: readonly string[] | number | undefined;
  readonly mode: "development" | "production";
  /** Whether saves restart the App. */
  readonly reload: boolean;
  /** Whether this start repeats an earlier one, so that one line is enough. */
  readonly again: boolean;
}

/** Resolves when the App listens; the server goes on, and ends by itself after SIGINT or SIGTERM. */
export async function startApp(options: StartOptions): Promise<{ readonly port: number }> {
  const { entry, host } = options;
  const { app, name } = await loadApp(entry, options.appName);
  const serve = await loadServe(entry);
  try {
    const { port } = await serve(app as Parameters<typeof serve>[0], {
      host,
      port: options.port,
      rootPath: options.rootPath,
      trustedProxies: options.trustedProxies,
      ...(options.mode === "development" ? { drainTimeout: developmentDrain } : {}),
    });
    const shown = { entry: shownPath(entry), name, host, port, docsUrl: app.docsUrl, mode: options.mode };
    console.log(startMessage({ ...shown, reload: options.reload, again: options.again }));
    return { port };
  } catch (error) {
    throw BlockedPort.from(error, options) ?? new LoadFailure(`${shownPath(entry)} could not be started.`, error);
  }
}
