// `apus run`: serves the app for production.
import { deploymentArguments, entryArguments, portArgument, reloadFolderArgument } from "../arguments.ts";
import { defineCommand } from "../command.ts";
import { serveCommand } from "../serve-command.ts";

const args = {
  ...entryArguments,
  host: {
    type: "string",
    valueHint: "address",
    default: "0.0.0.0",
    description: "Address to listen on; 0.0.0.0 lets other machines in, 127.0.0.1 does not.",
  },
  port: portArgument,
  ...deploymentArguments,
  reload: { type: "boolean", default: false, description: "Restart when a file is saved" },
  "reload-dir": reloadFolderArgument,
} as const;

export const runCommand = defineCommand("run", args, (given, rawArguments) =>
  serveCommand("run", args, rawArguments, given),
);
