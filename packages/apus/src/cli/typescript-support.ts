// Makes `import("./main.ts")` work: by Node's own type stripping where it exists, else by tsx, which the project installs.
import { createRequire } from "node:module";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { CliError } from "./cli-error.ts";

/** Whether this process reads TypeScript already. */
function readsTypeScript(): boolean {
  const features: Readonly<Record<string, unknown>> = { ...process.features };
  if (features["typescript"] || process.versions["bun"] !== undefined) return true;
  const flags = `${process.execArgv.join(" ")} ${process.env["NODE_OPTIONS"] ?? ""}`;
  return /(^|[\s=/])tsx\b/.test(flags);
}

/** Whether a file has to be read by what `supportTypeScript` provides. */
export function isTypeScript(file: string): boolean {
  return [".ts", ".mts", ".cts", ".tsx"].includes(extname(file));
}

/**
 * Prepares this process for importing `file`.
 *
 * @throws CliError when the file is TypeScript and neither Node nor an installed tsx can read it.
 */
export async function supportTypeScript(file: string): Promise<void> {
  if (!isTypeScript(file) || readsTypeScript()) return;
  const tsx = resolveFrom(file, "tsx") ?? resolveFrom(import.meta.url, "tsx");
  if (tsx === undefined) {
    throw new CliError(
      `Node ${process.versions.node} cannot read TypeScript by itself. Run: npm i -D tsx, or use Node 22.18 or later.`,
    );
  }
  await import(pathToFileURL(tsx).href); // registers itself when loaded, as in `node --import tsx`
}

/** Where `specifier` is for a file, or nothing when it is not installed there. */
export function resolveFrom(file: string, specifier: string): string | undefined {
  try {
    return createRequire(file).resolve(specifier);
  } catch {
    return undefined;
  }
}
