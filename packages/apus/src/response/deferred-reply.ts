/** A reply that is an answer only once something has been waited for, and that depends on what the request asks. */
import type { Answer, Exchange } from "../exchange/index.ts";
import { Reply } from "./reply.ts";

export abstract class DeferredReply extends Reply {
  /** @param status What it is answered with where it says none itself. */
  abstract answer(exchange: Exchange, status: number): Promise<Answer>;
  /** The same with another status and other headers. */
  abstract with(status: number | undefined, headers: readonly string[]): DeferredReply;
}
