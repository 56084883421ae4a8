/** The operation room: the values a user declares. */
export {
  declarationNumber,
  del,
  get,
  isOperation,
  operation,
  patch,
  post,
  put,
  type Declare,
  type Declared,
} from "./declare.ts";
export { frontend, isFrontend, type DeclaredFrontend, type Frontend, type FrontendOptions } from "./frontend.ts";
export { operationIds, summaryOf } from "./naming.ts";
export { isOutbound, type Outbound, type OutboundOptions, type Outbounds } from "./outbound.ts";
export { sharedOptions } from "./option-names.ts";
export { checkRoutes, placedIn, router, type Routed } from "./router.ts";
export {
  isSocket,
  socket,
  type DeclaredSocket,
  type DeclareSocket,
  type SocketFacts,
  type SocketOptions,
  type SocketRoute,
} from "./socket.ts";
export type {
  Facts,
  NameOperation,
  Operation,
  OperationOptions,
  ReceivedEvent,
  ResponseDocs,
  RouterOptions,
  SharedOptions,
  SocketDefaults,
} from "./types.ts";
