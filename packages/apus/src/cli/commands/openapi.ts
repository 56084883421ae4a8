// `apus openapi`: prints the app's OpenAPI document, without starting any service.
import { defineCommand } from "citty";
import { appArgument, checkArguments, pathArgument } from "../arguments.ts";
import { findEntry } from "../find-entry.ts";
import { loadApp, shownPath } from "../load-app.ts";
import { LoadFailure } from "../load-failure.ts";
import { reportErrors } from "../report-errors.ts";

const args = { path: pathArgument, app: appArgument } as const;

export const openapiCommand = defineCommand({
  meta: { name: "openapi", description: "Print an app's OpenAPI document as JSON, without starting the app" },
  args,
  run: ({ args: given, rawArgs }) =>
    reportErrors(async () => {
      checkArguments("openapi", rawArgs, args);
      const entry = findEntry(given.path, process.cwd());
      const text = await withoutOutput(async () => {
        const { app } = await loadApp(entry, given.app);
        try {
          return `${JSON.stringify(await app.openapi(), null, 2)}\n`;
        } catch (error) {
          throw new LoadFailure(`The document of ${shownPath(entry)} could not be made.`, error);
        }
      });
      // the module may have opened things that would keep the process alive
      process.stdout.write(text, () => process.exit(0));
    }),
});

/** Runs `work` with standard output sent to the error stream: what a module prints must not end up in the document. */
async function withoutOutput<T>(work: () => Promise<T>): Promise<T> {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  try {
    return await work();
  } finally {
    stdout.write = write;
  }
}
