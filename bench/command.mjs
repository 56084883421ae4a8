// The options of `npm run bench`, checked.
import { parseArgs } from "node:util";
import { entries } from "./entries.mjs";
import { routes } from "./routes.mjs";
import { HELLO_LIMIT } from "./stats.mjs";

/** What can be measured. */
const parts = ["cpu", "cold", "memory", "bundle", "linking", "types"];
const names = [...new Set(entries.map(({ name }) => name))];

const usage = `npm run bench -- [options]

  --quick              two minutes: the running Node, few peers, short rounds; writes nothing
  --write              write bench/RESULTS.md (a full run does so unless it is restricted)
  --only ${parts.join(",")}
                       measure only these parts
  --servers raw,apus,… measure only these servers (what the ratios are taken to is always there): ${names.join(", ")}
  --routes ${routes.map(({ name }) => name).join(",")}
                       measure only these routes
  --rounds N           rounds of the race (9, on Bun 21 for hello and get; quick: 6 for hello, 3 for the others)
  --seconds N          seconds of load per measurement (1; quick: about a half)
  --no-build           measure the package as it was last built
  --help               this text

Exit status: 0; 1 when a server's answers are wrong or, in a full run, hello is above ${HELLO_LIMIT} times raw node:http; 2 when something needed is missing.`;

/**
 * @returns {{ quick: boolean, write: boolean, build: boolean, parts: string[], routes: string[], servers: string[] |
 *   undefined, rounds?: number, seconds?: number, restricted: boolean }} what was asked for; ends the process on --help and
 *   on what it does not know
 */
export function command() {
  const { values: given } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      only: { type: "string" },
      servers: { type: "string" },
      routes: { type: "string" },
      rounds: { type: "string" },
      seconds: { type: "string" },
      "no-build": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (given.help) {
    console.log(usage);
    process.exit(0);
  }
  return {
    quick: given.quick,
    write: given.write,
    build: !given["no-build"],
    parts: chosen("only", given.only, parts) ?? parts,
    routes:
      chosen(
        "routes",
        given.routes,
        routes.map(({ name }) => name),
      ) ?? routes.map(({ name }) => name),
    servers: chosen("servers", given.servers, names),
    rounds: positive("rounds", given.rounds),
    seconds: positive("seconds", given.seconds),
    restricted: ["only", "servers", "routes", "rounds", "seconds"].some((name) => given[name] !== undefined),
  };
}

/**
 * Ends the process because something needed is missing.
 *
 * @param {string} sentence
 * @returns {never}
 */
export function stop(sentence) {
  console.error(sentence);
  process.exit(2);
}

function chosen(name, value, possible) {
  const wanted = value?.split(",").map((one) => one.trim());
  const unknown = wanted?.find((one) => !possible.includes(one));
  if (unknown !== undefined) stop(`--${name} does not know "${unknown}"; it knows ${possible.join(", ")}.`);
  return wanted;
}

function positive(name, value) {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) stop(`--${name} must be a whole number above 0, not "${value}".`);
  return number;
}
