// The program of the process that `apus dev` restarts: gets everything ready that no save can change, waits for its turn, serves one app,
// tells its supervisor how that went, and ends when the supervisor does.
import { CliError } from "../cli-error.ts";
import { warmUp } from "../load-app.ts";
import { printFailure } from "../report-errors.ts";
import { startApp, type StartOptions } from "../start-app.ts";

/** What this process tells its supervisor. */
export type Report =
  { readonly apus: "listening"; readonly port: number } | { readonly apus: "failed"; readonly fatal: boolean };

/** How long clean-up may take when the supervisor is gone, in milliseconds. */
const orphanDeadline = 5000;

function report(message: Report, then?: () => void): void {
  if (process.send === undefined) then?.();
  else process.send(message, undefined, undefined, then);
}

process.on("disconnect", () => {
  setTimeout(() => process.exit(1), orphanDeadline).unref();
  process.kill(process.pid, "SIGTERM");
});

/** It may be a while before the message comes, and it may come while the framework is still being loaded. */
const turn = new Promise<StartOptions>((resolve) => {
  process.once("message", (message) => resolve(message as StartOptions));
});
await warmUp(process.argv[2] ?? "");
const options = await turn;
// from here on the app alone decides how long the process lives
process.channel?.unref();
startApp(options).then(
  ({ port }) => report({ apus: "listening", port }),
  (error: unknown) => {
    printFailure(error);
    report({ apus: "failed", fatal: error instanceof CliError && error.fatal }, () => process.exit(1));
  },
);
