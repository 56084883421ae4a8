/** Links an operation into a plan: locates its inputs, orders its dependencies, compiles what reads and what writes. */
import { compose } from "../around/index.ts";
import { ApusError, atDeclaration } from "../diagnostic/index.ts";
import type { ErrorClass } from "../error/index.ts";
import type { Answer, Exchange } from "../exchange/index.ts";
import { compileBody, compileParameters, inBody } from "../input/index.ts";
import { isOutbound, type Outbounds, type Routed } from "../operation/index.ts";
import { streams } from "../response/index.ts";
import { parseTemplate, type Template } from "../routing/index.ts";
import { compileWriter } from "../schema/index.ts";
import type { SocketSide } from "../websocket/index.ts";
import { checkAnswer, checkErrors, refuseClosed, refuseGenerator } from "./declaration.ts";
import { failure } from "./failure.ts";
import type { LinkContext } from "./link-context.ts";
import { outputOf } from "./output.ts";
import type { Plan } from "./plan.ts";
import { follow } from "./run.ts";
import { roomForFiles, settle } from "./settings.ts";
import { StepOrder } from "./step-order.ts";

/** What is known of a plan before it is linked. */
interface Known {
  /** The template, where the path is none of this server. */
  readonly template?: Template | undefined;
  /** What a socket has besides. */
  readonly socket?: SocketSide | undefined;
}

/** @throws ApusError: it names the operation and the fix. */
export function link(routed: Routed, context: LinkContext, known: Known = {}): Plan {
  try {
    return linkOperation(routed, context, known);
  } catch (error) {
    throw atDeclaration(error, routed.operation);
  }
}

function linkOperation(routed: Routed, context: LinkContext, known: Known): Plan {
  const { operation } = routed;
  const { options } = operation;
  const settings = settle(routed, context.app);
  const template = known.template ?? naming(settings.label, () => parseTemplate(operation.path));
  const order = new StepOrder(template.names, settings.label, context);
  for (const guard of settings.guards) order.guard(guard);
  const own = order.own(options.input ?? {});
  checkAnswer(options, settings.label);
  checkErrors(settings.errors, settings.label);
  const { items, schema: output } = outputOf(options);
  if (items !== undefined || (options.as !== undefined && streams(options.as))) {
    refuseClosed(own.uses, order.steps, settings.label);
  } else refuseGenerator(operation.handler, settings.label);

  const fields = [...own.fields, ...order.fields];
  const undeclared = template.names.find(
    (name) => !fields.some((each) => each.location === "path" && each.alias === name),
  );
  if (undeclared !== undefined && !order.overridden) {
    throw new ApusError(
      `APUS_PATH: ${settings.label}: the path parameter "${undeclared}" is not declared; add it to \`input\`.`,
    );
  }
  const unknown = fields.find((each) => each.location === "path" && !template.names.includes(each.alias));
  if (unknown !== undefined) {
    throw new ApusError(
      `APUS_PATH: ${settings.label}: "${unknown.alias}" is marked path(), but the path has no {${unknown.alias}}.`,
    );
  }
  const bodyFields = fields.filter(inBody);
  const limited = roomForFiles(settings, bodyFields);
  const source = operation.method + operation.path;
  const plan: Plan = {
    template,
    methods: operation.methods,
    operation,
    settings: limited,
    fields,
    errors: [...new Set([...settings.errors, ...order.errors])] as ErrorClass[],
    steps: order.steps,
    uses: own.uses,
    parameters: compileParameters(own.fields, template.names, settings.label),
    bodyFields: own.fields.filter(inBody),
    body:
      bodyFields.length === 0
        ? undefined
        : compileBody(bodyFields, {
            operation: settings.label,
            source,
            limit: limited.bodyLimit,
            formLimits: settings.formLimits,
            strictContentType: settings.strictContentType,
            mode: settings.strictTypes ? "strict" : "lax",
          }),
    write:
      output === undefined
        ? undefined
        : naming(settings.label, () => compileWriter(output, options, `${source}/output`)),
    items,
    appScope: context.appScope,
    report: context.report,
    security: [...order.security].map(([requirement, scopes]) => ({ requirement, scopes: [...scopes] })),
    callbacks: linkOutbound(settings.callbacks, settings.keys, `${settings.label}: callbacks`, {
      ...context,
      app: { ...context.app, operationId: settings.nameOperation },
    }),
    behind: undefined,
    limitsGuards: false,
    socket: known.socket,
    around: undefined,
  };
  if (settings.middleware.length === 0) return plan;
  const inner = (exchange: Exchange): Answer | Promise<Answer> => follow(plan, exchange);
  return { ...plan, around: compose(settings.middleware, inner, (error, exchange) => failure(error, exchange, plan)) };
}

/**
 * Links what is called at others, callbacks and webhooks, as far as the document needs it.
 * @param owner The keys of the operation that they belong to; none for webhooks.
 * @param place What messages call the record they stand in.
 * @throws ApusError for what is none, and as `link` does.
 */
export function linkOutbound(
  outbounds: Outbounds | undefined,
  owner: readonly string[],
  place: string,
  context: LinkContext,
): Plan[] {
  if (outbounds === undefined) return [];
  if (typeof outbounds !== "object" || outbounds === null || Array.isArray(outbounds) || isOutbound(outbounds)) {
    throw new ApusError(
      `APUS_OUTBOUND: ${place} is a record by name: { invoicePaid: post("{$callback_url}", { … }) }.`,
    );
  }
  // What the App says of its own operations (guards, tags, responses) says nothing of what others have to answer.
  const { operationId, errorShape } = context.app;
  const outside = { ...context, app: { operationId, errorShape } };
  return Object.entries(outbounds).map(([key, outbound]) => {
    if (!isOutbound(outbound)) {
      throw new ApusError(
        `APUS_OUTBOUND: ${place}: "${key}" is not declared without a handler; what is called at others has none, and a path that does not start with "/": post("{$callback_url}", { input: { … } }).`,
      );
    }
    const { method, path, options } = outbound;
    const operation = {
      kind: "operation",
      method,
      methods: [method],
      path,
      options,
      handler: () => undefined,
      order: 0,
      layers: [],
    } as const;
    return link({ operation, keys: [...owner, key] }, outside, { template: { source: path, segments: [], names: [] } });
  });
}

/** Puts the operation into the message of what does not know it, after the code: `APUS_PATH: GET /items (readItems): …`. */
function naming<T>(label: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new ApusError(
      error.message.replace(/^(?:(APUS_\w+): )?/, (_, code = "APUS_SCHEMA") => `${code}: ${label}: `),
      {
        cause: error,
      },
    );
  }
}
