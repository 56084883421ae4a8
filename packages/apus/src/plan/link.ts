/** Links an operation into a plan: locates its inputs, orders its dependencies, finds what is wrong with it. */
import { compose, type Answering } from "../around/index.ts";
import { ApusError, atDeclaration } from "../diagnostic/index.ts";
import type { Answer, Exchange } from "../exchange/index.ts";
import { inBody, inForm, type Field } from "../input/index.ts";
import { isOutbound, type Outbounds, type Routed } from "../operation/index.ts";
import { streams } from "../response/index.ts";
import { parseTemplate, type Template } from "../routing/index.ts";
import { leaves, type AnySchema, type Survey } from "../schema/index.ts";
import type { SocketSide } from "../websocket/index.ts";
import { checkAnswer, checkErrors, checkParameters, refuseClosed, refuseGenerator } from "./declaration.ts";
import { failure } from "./failure.ts";
import type { LinkContext } from "./link-context.ts";
import { outputOf } from "./output.ts";
import type { Plan } from "./plan.ts";
import { bodyOf, writerOf } from "./prepare.ts";
import { follow } from "./run.ts";
import { settle } from "./settings.ts";
import { orderAfter } from "./step-order.ts";

/** What is known of a plan before it is linked. */
interface Known {
  /** The template, where the path is none of this server. */
  readonly template?: Template | undefined;
  /** What a socket has besides. */
  readonly socket?: SocketSide | undefined;
  /** What answers behind the guards, and whether it has a deadline of its own. */
  readonly behind?: Answering | undefined;
  readonly limitsGuards?: boolean | undefined;
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
  const { sharing, survey } = context;
  const settled = settle(routed, context);
  const { label } = settled;
  const template = known.template ?? naming(label, () => parseTemplate(operation.path));
  const names = sharing.list(template.names);
  const order = orderAfter(settled.guards, names, label, context);
  const own = order.own(options.input ?? {});
  const { steps, fields: others, errors, security, overridden } = order.ordered();
  checkAnswer(options, label, survey);
  checkErrors(settled.errors, label);
  const { items, schema: output } = outputOf(options);
  if (items !== undefined || (options.as !== undefined && streams(options.as))) {
    refuseClosed(own.uses, steps, label);
  } else refuseGenerator(operation.handler, label);

  const fields = own.fields.length === 0 ? others : others.length === 0 ? own.fields : own.fields.concat(others);
  checkPathNames(fields, names, overridden, label);
  checkParameters(own.fields, label, survey);
  const readsPlain = arePlain(fields, survey);
  const plan: Plan = {
    ready: false,
    template,
    methods: operation.methods,
    operation,
    // Outside of forms, plain schemas are none of files and none of streams.
    settings: readsPlain && !fields.some(inForm) ? settled : settled.withRoomFor(fields, routed),
    fields,
    plain: readsPlain && (output === undefined || survey.isPlain(output)),
    ownFields: own.fields.length,
    errors: settled.errors.length === 0 ? errors : sharing.list([...new Set(settled.errors.concat(errors))]),
    steps,
    uses: own.uses,
    parameters: undefined,
    bodyFields: none,
    body: undefined,
    write: undefined,
    writeText: undefined,
    items,
    appScope: context.appScope,
    report: context.report,
    security,
    callbacks:
      settled.callbacks === undefined
        ? none
        : linkOutbound(settled.callbacks, settled.keys, `${label}: callbacks`, {
            ...context,
            app: { ...context.app, operationId: settled.nameOperation },
          }),
    behind: known.behind,
    limitsGuards: known.limitsGuards ?? false,
    socket: known.socket,
    around: undefined,
  };
  tryOut(plan, output, survey);
  if (settled.middleware.length === 0) return plan;
  const inner = (exchange: Exchange): Answer | Promise<Answer> => follow(plan, exchange);
  plan.around = compose(settled.middleware, inner, (error, exchange) => failure(error, exchange, plan));
  return plan;
}

const none: readonly never[] = [];

function arePlain(fields: readonly Field[], survey: Survey): boolean {
  for (let i = 0; i < fields.length; i++) if (!survey.isPlain(fields[i]!.schema)) return false;
  return true;
}

/** @throws ApusError for a parameter that stands in the path alone, or among the inputs alone. */
function checkPathNames(fields: readonly Field[], names: readonly string[], overridden: boolean, label: string): void {
  for (const name of overridden ? none : names) {
    if (fields.some((each) => each.location === "path" && each.alias === name)) continue;
    throw new ApusError(`APUS_PATH: ${label}: the path parameter "${name}" is not declared; add it to \`input\`.`);
  }
  for (const unknown of fields) {
    if (unknown.location !== "path" || names.includes(unknown.alias)) continue;
    throw new ApusError(
      `APUS_PATH: ${label}: "${unknown.alias}" is marked path(), but the path has no {${unknown.alias}}.`,
    );
  }
}

/** Makes what reads the body and what writes the answer where that may fail; it is made anew for the first request. */
function tryOut(plan: Plan, output: AnySchema | undefined, survey: Survey): void {
  if (plan.plain && !plan.fields.some(inForm) && !leaves(plan.operation.options)) return;
  const bodyFields = plan.fields.filter(inBody);
  if (bodyFields.some((field) => inForm(field) || !survey.isPlain(field.schema))) bodyOf(plan, bodyFields);
  if (output !== undefined && (leaves(plan.operation.options) || !survey.isPlain(output))) {
    naming(plan.settings.label, () => writerOf(plan));
  }
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
