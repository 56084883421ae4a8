// `apus openapi`: prints the app's OpenAPI document, or that of its sockets, writes it to a file or compares it with one, without
// starting any service.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { entryArguments } from "../arguments.ts";
import { CliError, UsageError } from "../cli-error.ts";
import { defineCommand } from "../command.ts";
import { differences } from "../document-differences.ts";
import { inspectApp } from "../inspect-app.ts";
import { shownPath } from "../load-app.ts";
import { LoadFailure } from "../load-failure.ts";
import { endWith } from "../output.ts";
import { said } from "../printable.ts";

const args = {
  ...entryArguments,
  asyncapi: { type: "boolean", default: false, description: "The AsyncAPI document instead: the app's WebSockets" },
  output: { type: "string", alias: "o", valueHint: "file", description: "Write the document to this file" },
  check: {
    type: "string",
    valueHint: "file",
    description: "Compare the document with this file; where they differ, say how and end with code 1",
  },
} as const;

/** The most differences that are shown. */
const shown = 20;

export const openapiCommand = defineCommand("openapi", args, async (given) => {
  const { asyncapi, output, check } = given;
  if (output !== undefined && check !== undefined) {
    throw new UsageError("--output writes a file and --check compares with one: give one of them.");
  }
  const document = await inspectApp(given, ({ app }, file) => {
    if (asyncapi && app.asyncapi === undefined) {
      throw new CliError("The apus package of this project is too old for --asyncapi: update it.");
    }
    try {
      return asyncapi ? app.asyncapi!() : app.openapi();
    } catch (error) {
      throw new LoadFailure(`The document of ${shownPath(file)} could not be made.`, error);
    }
  });
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (check !== undefined) compare(JSON.parse(text), check, asyncapi ? " --asyncapi" : "");
  if (output !== undefined) write(output, text);
  endWith(output === undefined && check === undefined ? text : "");
});

function write(file: string, text: string): void {
  try {
    writeFileSync(resolve(file), text);
  } catch (error) {
    throw new CliError(said`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  console.error(said`Wrote ${file}.`);
}

/** @throws CliError that says where they differ. */
function compare(document: unknown, file: string, flag: string): void {
  let committed: unknown;
  try {
    committed = JSON.parse(readFileSync(resolve(file), "utf8"));
  } catch (error) {
    throw new CliError(said`${file} cannot be compared: ${error instanceof Error ? error.message : String(error)}`);
  }
  const found = differences(committed, document);
  if (found.length === 0) return console.error(said`${file} is the app's document.`);
  const more = found.length > shown ? [`  … and ${found.length - shown} more`] : [];
  throw new CliError(
    [
      said`${file} is not the app's document:`,
      ...found.slice(0, shown).map((each) => said`  ${each}`),
      ...more,
      said`To accept the change: apus openapi${flag} --output ${file}`,
    ].join("\n"),
  );
}
