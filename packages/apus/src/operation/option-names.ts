/** The names of the options that operations and routers have. */
import type { OptionNames } from "../diagnostic/index.ts";
import type { Declared } from "./declare.ts";
import { socketLimits } from "../websocket/index.ts";
import type { DeclaredSocket } from "./socket.ts";
import type { RouterOptions, SharedOptions } from "./types.ts";

/** What operations, routers and the App all have. */
export const sharedOptions: OptionNames<SharedOptions> = {
  bodyLimit: true,
  bodyTimeout: true,
  callbacks: true,
  dependencies: true,
  deprecated: true,
  formLimits: true,
  includeInSchema: true,
  middleware: true,
  responses: true,
  strictContentType: true,
  strictTypes: true,
  tags: true,
  timeout: true,
};

export const operationOptions: OptionNames<Declared["options"]> = {
  ...sharedOptions,
  as: true,
  description: true,
  errors: true,
  excludeDefaults: true,
  excludeNull: true,
  excludeUnset: true,
  input: true,
  name: true,
  only: true,
  openapi: true,
  operationId: true,
  output: true,
  responseDescription: true,
  status: true,
  summary: true,
  without: true,
};

export const socketOptions: OptionNames<DeclaredSocket["options"]> = {
  ...socketLimits,
  dependencies: true,
  deprecated: true,
  description: true,
  errors: true,
  includeInSchema: true,
  input: true,
  middleware: true,
  name: true,
  receive: true,
  send: true,
  strictTypes: true,
  subprotocols: true,
  summary: true,
  tags: true,
  timeout: true,
};

export const routerOptions: OptionNames<RouterOptions> = {
  ...sharedOptions,
  errorShape: true,
  errors: true,
  onError: true,
  operationId: true,
  prefix: true,
  sockets: true,
};
