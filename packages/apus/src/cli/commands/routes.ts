// `apus routes`: lists an app's operations, or shows one operation's plan, without starting any service.
import { entryArguments } from "../arguments.ts";
import { CliError } from "../cli-error.ts";
import { defineCommand } from "../command.ts";
import { nearest } from "../did-you-mean.ts";
import { inspectApp } from "../inspect-app.ts";
import { shownPath } from "../load-app.ts";
import { LoadFailure } from "../load-failure.ts";
import { endWith } from "../output.ts";
import { operationsIn, planText, routesTable, type AppDescription } from "../routes-text.ts";
import { said } from "../printable.ts";

const args = {
  ...entryArguments,
  plan: { type: "string", valueHint: "id", description: "Show the plan of the operation with this id" },
  json: { type: "boolean", default: false, description: "Print JSON, for other programs" },
} as const;

export const routesCommand = defineCommand("routes", args, async (given) => {
  const described = await inspectApp(given, ({ app }, file) => {
    if (app.describe === undefined) {
      throw new CliError("The apus package of this project is too old for this command: update it.");
    }
    try {
      return app.describe({ code: given.plan !== undefined });
    } catch (error) {
      throw new LoadFailure(`The operations of ${shownPath(file)} could not be put together.`, error);
    }
  });
  const found = given.plan === undefined ? undefined : operationOf(described, given.plan);
  if (given.json) endWith(`${JSON.stringify(found ?? described, null, 2)}\n`);
  else endWith(found === undefined ? routesTable(described) : planText(found));
});

/** @throws CliError that names ids like the one that does not exist. */
function operationOf(described: AppDescription, id: string): AppDescription["operations"][number] {
  const operations = operationsIn(described);
  const found = operations.find((each) => each.id === id);
  if (found !== undefined) return found;
  const ids = operations.map((each) => each.id);
  const near = nearest(id, ids, 5);
  const hint = near.length > 0 ? `Did you mean ${near.join(", ")}?` : "apus routes lists the ids of all operations.";
  throw new CliError(said`There is no operation with the id ${id}. ${hint}`);
}
