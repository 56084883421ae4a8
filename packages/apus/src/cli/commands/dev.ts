// `apus dev`: serves the app for its developer and restarts it on every save.
import {
  allowedHostArgument,
  deploymentArguments,
  entryArguments,
  portArgument,
  reloadFolderArgument,
} from "../arguments.ts";
import { defineCommand } from "../command.ts";
import { serveCommand } from "../serve-command.ts";

const args = {
  ...entryArguments,
  host: { type: "string", valueHint: "address", default: "127.0.0.1", description: "Address to listen on." },
  port: portArgument,
  "allowed-host": allowedHostArgument,
  ...deploymentArguments,
  reload: { type: "boolean", default: true, negativeDescription: "Do not restart when a file is saved" },
  "reload-dir": reloadFolderArgument,
} as const;

export const devCommand = defineCommand("dev", args, (given, rawArguments) => {
  process.env["NODE_ENV"] ??= "development";
  return serveCommand("dev", args, rawArguments, given);
});
