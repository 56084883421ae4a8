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
export { operationIds, summaryOf } from "./naming.ts";
export { isOutbound, type Outbound, type OutboundOptions, type Outbounds } from "./outbound.ts";
export { sharedOptions } from "./option-names.ts";
export type { Placed } from "./placed.ts";
export { checkRoutes, placedIn, router, type Routed } from "./router.ts";
export type {
  Facts,
  NameOperation,
  Operation,
  OperationOptions,
  ResponseDocs,
  RouterOptions,
  SharedOptions,
} from "./types.ts";
