/**
 * Apus: declare an API once, and have its validation, types, OpenAPI document, documentation page, dependencies and client.
 * These are the public names; everything else is inside a room.
 */
export {
  App,
  type AppDescription,
  type AppOptions,
  type Deployment,
  type FetchContext,
  type FetchHandler,
  type MountOptions,
  type Override,
} from "./app/index.ts";
export { around, middleware, type Around, type Middleware, type MiddlewareHooks, type Next } from "./around/index.ts";
export { ApusError } from "./diagnostic/index.ts";
export {
  background,
  connection,
  depends,
  provide,
  request,
  requiredScopes,
  response,
  security,
  signal,
  type Dependency,
  type DependsOptions,
  type Entry,
  type Flat,
  type InputRecord,
  type Provide,
  type RequiredScopes,
  type Scope,
  type Values,
} from "./dependency/index.ts";
export {
  decode,
  DecodeError,
  defaultErrors,
  httpError,
  HTTPException,
  onError,
  RequestValidationError,
  ResponseValidationError,
  type DefaultErrors,
  type DetailedErrorClass,
  type ErrorClass,
  type ErrorHandler,
  type ErrorShape,
  type InvalidInput,
  type PlainErrorClass,
  type ValidationError,
  type WireError,
} from "./error/index.ts";
export type {
  Background,
  Connection,
  CookieOptions,
  CookiesToSet,
  HeaderList,
  Host,
  HttpRequest,
  Outgoing,
  RequestChange,
  RequestHeaders,
  ResponseDraft,
} from "./exchange/index.ts";
export {
  body,
  cookie,
  form,
  header,
  path,
  query,
  type Located,
  type Location,
  type MarkerOptions,
} from "./input/index.ts";
export type { OpenApiDocument } from "./openapi/index.ts";
export {
  del,
  get,
  operation,
  operationIds,
  patch,
  post,
  put,
  router,
  type Declare,
  type Facts,
  type NameOperation,
  type Operation,
  type OperationOptions,
  type Outbound,
  type OutboundOptions,
  type RouterOptions,
} from "./operation/index.ts";
export type { DependencyDescription, InputDescription, OperationDescription, Reporter } from "./plan/index.ts";
export {
  html,
  json,
  kind,
  redirect,
  Reply,
  sendFile,
  text,
  type Kind,
  type KindOptions,
  type ReplyCookie,
  type ReplyInit,
  type SendFile,
  type SendFileOptions,
} from "./response/index.ts";
export {
  encode,
  excludeUnset,
  fieldsSet,
  type AnySchema,
  type Selection,
  type StandardSchema,
  type WithoutUnset,
} from "./schema/index.ts";
