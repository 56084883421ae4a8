/** `templates`: pages rendered from files, as replies, in the manner of FastAPI's Jinja2Templates. */
import { ApusError, checkOptionNames, type OptionNames } from "../diagnostic/index.ts";
import { html, type Reply, type ReplyInit } from "../response/index.ts";
import type { TemplateContext } from "./context.ts";
import { liquidEngine, type LiquidOptions } from "./liquid-engine.ts";
import type { EngineOptions, TemplateEngine } from "./template-engine.ts";
import { TemplateReply } from "./template-reply.ts";

/** A folder of templates in Liquid, or an engine of one's own. */
export type TemplatesOptions = LiquidOptions | EngineOptions;

/** What renders pages. Its function may be taken out: `const { render } = templates({ directory: "templates" })`. */
export interface Templates {
  /**
   * A page as an answer, `text/html` unless a header says otherwise. It is rendered when it is answered, after the handler and
   * before what its dependencies have opened is closed; a template that cannot be rendered is a 500 that is reported.
   * @param name The template's path below the directory: `"items/list.html"`.
   * @param context What the template can print, plain data. It is stronger than what the context processors give.
   * @throws ApusError for a header that cannot be one.
   */
  render(name: string, context?: TemplateContext | undefined, init?: ReplyInit | undefined): Reply;
}

const ofLiquid: OptionNames<LiquidOptions> = {
  directory: true,
  contextProcessors: true,
  filters: true,
  cache: true,
  parseLimit: true,
  renderLimit: true,
  memoryLimit: true,
  engine: true,
};
const ofEngine: OptionNames<EngineOptions> = { engine: true, contextProcessors: true, directory: true };

/**
 * Pages from templates. Those in a `directory` are written in Liquid and need the package `liquidjs`: what they print is
 * escaped for HTML, they read own properties only, and limits end a page that never would. `{{ x | raw }}` prints without escaping,
 * `{{ x | tojson }}` as JSON for a script, `{{ "readItem" | url_for: item_id: 5 }}` the absolute address of an operation.
 *
 * @throws ApusError (APUS_OPTIONS, APUS_TEMPLATES) for a directory that is not there, and for options that cannot be meant.
 * @example
 * const { render } = templates({ directory: new URL("templates", import.meta.url) });
 * get("/items/{id}", { input: { id: z.string() }, as: html }, ({ id }) => render("item.html", { id }));
 */
export function templates(options: TemplatesOptions): Templates {
  const own = typeof options === "object" && options !== null && options.engine !== undefined;
  checkOptionNames("templates()", options, own ? ofEngine : ofLiquid);
  const engine = own ? checkedEngine(options) : liquidEngine(options);
  const processors = [...(options.contextProcessors ?? [])];
  if (processors.some((each) => typeof each !== "function")) {
    throw new ApusError("APUS_TEMPLATES: `contextProcessors` is a list of functions: [(request) => ({ … })].");
  }
  return {
    render(name, context = {}, init) {
      const { status, headers } = html("", init);
      return new TemplateReply(status, headers, { name, context: { ...context }, engine, processors });
    },
  };
}

function checkedEngine({ engine, directory }: EngineOptions): TemplateEngine {
  if (directory !== undefined) {
    throw new ApusError("APUS_TEMPLATES: give a `directory` or an `engine`: an engine has its own folders.");
  }
  if (typeof engine?.render === "function") return engine;
  throw new ApusError("APUS_TEMPLATES: the `engine` has no method `render(name, context)`.");
}
