// The program of the process that `apus dev` restarts: serves one app, tells its supervisor how that went, and ends when the supervisor does.
import { CliError } from "../cli-error.ts";
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
process.channel?.unref();

const options: StartOptions = JSON.parse(process.argv[2] ?? "null");
startApp(options).then(
  ({ port }) => report({ apus: "listening", port }),
  (error: unknown) => {
    printFailure(error);
    report({ apus: "failed", fatal: error instanceof CliError && error.fatal }, () => process.exit(1));
  },
);
