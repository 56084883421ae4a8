/** The fetch adapter: a web `Request` as an `Incoming`, an `Answer` as a web `Response`. */
import { type Answer, type Incoming } from "./exchange.ts";
import type { Pairs } from "./query.ts";
/** Sees a web Request as the adapters of servers see theirs. */
export declare class WebIncoming implements Incoming {
  #private;
  readonly method: string;
  readonly target: string;
  readonly scheme: "http" | "https";
  readonly client: null;
  constructor(request: Request);
  get signal(): AbortSignal;
  get hasBody(): boolean;
  header(name: string): string | undefined;
  headerLines(name: string): readonly string[];
  headers(): Pairs;
  read(limit: number): Promise<Uint8Array>;
}
/** @param head Whether the request was HEAD: the headers of the answer without its body. */
export declare function toResponse(answer: Answer, head: boolean): Response;
