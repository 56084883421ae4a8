// `apus dev`: serves the app for its developer and restarts it on every save.
import { defineCommand } from "citty";
import { appArgument, deploymentArguments, pathArgument, portArgument } from "../arguments.ts";
import { serveCommand } from "../serve-command.ts";

const args = {
  path: pathArgument,
  host: { type: "string", valueHint: "address", default: "127.0.0.1", description: "Address to listen on" },
  port: portArgument,
  app: appArgument,
  ...deploymentArguments,
  reload: {
    type: "boolean",
    default: true,
    description: "Restart when a file is saved",
    negativeDescription: "Do not restart",
  },
} as const;

export const devCommand = defineCommand({
  meta: { name: "dev", description: "Serve an app in development: on this machine only, restarting on save" },
  args,
  run: ({ args: given, rawArgs }) => {
    process.env["APUS_ENV"] ??= "development";
    return serveCommand("dev", args, rawArgs, given);
  },
});
