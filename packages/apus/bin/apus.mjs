#!/usr/bin/env node
// Starts the command line of the built package.
import { existsSync } from "node:fs";

const built = new URL("../dist/node/cli.js", import.meta.url);
if (existsSync(built)) {
  const { runCli } = await import(built.href);
  await runCli(process.argv.slice(2));
} else {
  console.error('This checkout of "apus" is not built. Run: npm run build');
  process.exitCode = 1;
}
