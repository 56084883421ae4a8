// `apus run`: serves the app for production.
import { defineCommand } from "citty";
import { appArgument, deploymentArguments, pathArgument, portArgument } from "../arguments.ts";
import { serveCommand } from "../serve-command.ts";

const args = {
  path: pathArgument,
  host: {
    type: "string",
    valueHint: "address",
    default: "0.0.0.0",
    description: "Address to listen on; 0.0.0.0 lets other machines in, 127.0.0.1 does not",
  },
  port: portArgument,
  app: appArgument,
  ...deploymentArguments,
  reload: { type: "boolean", default: false, description: "Restart when a file is saved" },
} as const;

export const runCommand = defineCommand({
  meta: { name: "run", description: "Serve an app in production: on all interfaces, without reload" },
  args,
  run: ({ args: given, rawArgs }) => serveCommand("run", args, rawArgs, given),
});
