/** The operation room: the values a user declares. */
export { del, get, isOperation, operation, patch, post, put, type Declare, type Declared } from "./declare.ts";
export { operationIds, summaryOf } from "./naming.ts";
export { operationsOf, router, RouterError, type Routed } from "./router.ts";
export type {
  Answered,
  Method,
  NameOperation,
  Operation,
  OperationOptions,
  ResponseDoc,
  ResponseDocs,
  RouterOptions,
  Routes,
  SharedOptions,
} from "./types.ts";
