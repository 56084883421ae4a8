/** Calls the operations of a router over `fetch`. Types come from the operations; no code of the server is loaded. */
import type { Client } from "./types.ts";
export interface ClientOptions {
  /** Where the server is: `http://127.0.0.1:8000`, with a path in front of everything if it has one. */
  readonly baseUrl: string;
  /** Sent with every call. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Makes the requests. Default: the platform's `fetch`. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}
/** The server answered what no operation declares: a status without a declared error, or a body that is no JSON. */
export declare class UnexpectedAnswer extends Error {
  readonly name = "UnexpectedAnswer";
  readonly response: Response;
  readonly text: string;
  constructor(what: string, response: Response, text: string);
}
/**
 * Makes a client.
 *
 * @typeParam T The router: `typeof api`, imported as a type only.
 * @example
 * const client = createClient<typeof api>({ baseUrl: "http://127.0.0.1:8000" });
 * const answer = await client.get("/items/{item_id}", { path: { item_id: 3 } });
 * if (answer.ok) console.log(answer.value.name);
 * else console.log(answer.status, answer.body.detail);
 */
export declare function createClient<T>(options: ClientOptions): Client<T>;
