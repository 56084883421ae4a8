/** The client room: a typed client over the operations of a router. */
export { createClient, type ClientOptions, type Credentials } from "./create-client.ts";
export { NetworkError, TimeoutError, UnexpectedAnswer } from "./errors.ts";
export { readEvents, readJsonLines, readLines } from "./streams.ts";
export type { ReceivedEvent } from "../operation/index.ts";
export type { CallOptions, Client, Result } from "./types.ts";
