/**
 * Makes what reads an operation's inputs and what writes its answer, when it is asked for the first time: most operations of a
 * large app are not asked for a long time, and what they would hold until then is memory.
 */
import { compileBody, compileParameters, inBody, type BodyPlan, type Field } from "../input/index.ts";
import { compileTextWriter, compileWriter, type Read, type WriteText } from "../schema/index.ts";
import { outputOf } from "./output.ts";
import type { Plan } from "./plan.ts";

/** Once for each plan. It cannot fail: what could has been tried when the plan was linked. */
export function prepare(plan: Plan): void {
  const own = plan.fields.slice(0, plan.ownFields);
  plan.parameters = compileParameters(
    own,
    plan.template.names,
    `${plan.operation.method}${plan.operation.path}/parameters`,
  );
  plan.bodyFields = own.filter(inBody);
  for (const step of plan.steps)
    step.parameters ??= compileParameters(step.fields, step.names, `dependency/${step.key}`);
  plan.body = bodyOf(plan, plan.fields.filter(inBody));
  if (plan.items !== undefined) plan.write = writerOf(plan);
  else plan.writeText = textWriterOf(plan);
  plan.ready = true;
}

/** @param fields The inputs of its body, those of its dependencies included. */
export function bodyOf({ settings, operation }: Plan, fields: readonly Field[]): BodyPlan | undefined {
  if (fields.length === 0) return undefined;
  return compileBody(fields, {
    operation: settings.label,
    source: operation.method + operation.path,
    limit: settings.bodyLimit,
    formLimits: settings.formLimits,
    strictContentType: settings.strictContentType,
    mode: settings.strictTypes ? "strict" : "lax",
  });
}

export function writerOf({ operation: { options, method, path } }: Plan): Read | undefined {
  const { schema } = outputOf(options);
  return schema === undefined ? undefined : compileWriter(schema, options, `${method}${path}/output`);
}

function textWriterOf({ operation: { options, method, path } }: Plan): WriteText | undefined {
  const { schema } = outputOf(options);
  return schema === undefined ? undefined : compileTextWriter(schema, options, `${method}${path}/output`);
}
