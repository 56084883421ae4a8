// `npm run conformance`: runs FastAPI's tutorial applications, rebuilt on Apus, against recorded requests and answers.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { asJson, failures, lastLine, table, total } from "./runner/report.ts";
import { runConformance } from "./runner/run.ts";

const usage = `Usage: npm run conformance -- [folder or file ...] [--verbose] [--json]

  folder or file   run only these: "body", "body/tutorial001" or "body__tutorial001_py310.json"
  --verbose        show every difference of every failed step in full
  --json           print the results as JSON; the last line goes to standard error then
  --vectors DIR    recorded vectors (default: ./vectors beside this file)
  --apps DIR       applications (default: ./apps beside this file)`;

const here = import.meta.dirname;

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      verbose: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      vectors: { type: "string", default: `${here}/vectors` },
      apps: { type: "string", default: `${here}/apps` },
    },
  });
}

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const result = await runConformance({
    vectors: resolve(values.vectors),
    applications: resolve(values.apps),
    only: positionals,
  });
  if (values.json) {
    console.log(asJson(result));
    console.error(lastLine(result));
  } else {
    const failed = failures(result, values.verbose);
    console.log([table(result), ...(failed === "" ? [] : [failed]), lastLine(result)].join("\n\n"));
  }
  return total(result).failed > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exitCode = 2;
}
