// The door of the command line: `bin/apus.mjs` calls `runCli` with what follows the program's name.
export { runCli } from "./run-cli.ts";
