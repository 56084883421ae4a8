/** The client room: a typed client over the operations of a router. */
export { createClient, UnexpectedAnswer, type ClientOptions } from "./create-client.ts";
export type { CallOptions, Client, Result } from "./types.ts";
