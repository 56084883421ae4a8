// Runs a command and shows its failure as a person can use it.
import { inspect } from "node:util";
import { CliError } from "./cli-error.ts";
import { shownPath } from "./load-app.ts";
import { describeFailure, LoadFailure, placeOf } from "./load-failure.ts";
import { printableLines } from "./printable.ts";

/** Prints a failure to the error stream. */
export function printFailure(error: unknown): void {
  if (error instanceof CliError) console.error(printableLines(`Error: ${error.message}`));
  else if (!(error instanceof LoadFailure)) console.error(printableLines(inspect(error)));
  else if (error.cause instanceof SyntaxError && placeOf(error.cause) === undefined) {
    console.error(printableLines(error.message));
    // Node alone knows the line, and prints it only for an error that nobody catches
    queueMicrotask(() => {
      throw error.cause;
    });
  } else console.error(printableLines(describeFailure(error, shownPath)));
}

/** Runs `command`; a failure is printed and ends the process with its code, else 1, however many things the app has opened. */
export async function reportErrors(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    printFailure(error);
    setImmediate(() => process.exit(error instanceof CliError ? error.exitCode : 1));
  }
}
