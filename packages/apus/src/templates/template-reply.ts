/** A page that is rendered when it is answered: only then is it known what request it is for. */
import { ApusError } from "../diagnostic/index.ts";
import type { Answer, Exchange } from "../exchange/index.ts";
import { answerOf, DeferredReply, Reply } from "../response/index.ts";
import { contextOf, type ContextProcessor, type TemplateContext } from "./context.ts";
import type { TemplateEngine } from "./template-engine.ts";

/** One template and what it is to print. */
interface Page {
  readonly name: string;
  readonly context: TemplateContext;
  readonly engine: TemplateEngine;
  readonly processors: readonly ContextProcessor[];
}

export class TemplateReply extends DeferredReply {
  readonly #page: Page;

  constructor(status: number | undefined, headers: readonly string[], page: Page) {
    super(status, headers, null);
    this.#page = page;
  }

  with(status: number | undefined, headers: readonly string[]): TemplateReply {
    return new TemplateReply(status, headers, this.#page);
  }

  async answer(exchange: Exchange, status: number): Promise<Answer> {
    const text = await rendered(this.#page, exchange);
    return answerOf(new Reply(status, this.headers, text), exchange);
  }
}

async function rendered({ name, context, engine, processors }: Page, exchange: Exchange): Promise<string> {
  const values = await contextOf(exchange.request, processors, context);
  try {
    const text = await engine.render(name, values);
    if (typeof text === "string") return text;
  } catch (error) {
    if (error instanceof ApusError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApusError(`APUS_TEMPLATE: ${JSON.stringify(name)} cannot be rendered: ${reason}`, {
      cause: originalOf(error),
    });
  }
  throw new ApusError(`APUS_TEMPLATE: the engine gave no text for ${JSON.stringify(name)}.`);
}

/** Without the engine's own wrapping, whose message is said already, and which carries the whole template along. */
function originalOf(error: unknown): unknown {
  return error instanceof Error && "originalError" in error ? error.originalError : error;
}
