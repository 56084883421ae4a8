// What hello loads, as bytes of a minified bundle: the smallest application of each, bundled with what it imports.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { runnable } from "./runtimes.mjs";

/** Packages that Nest loads only where they are installed. */
const OPTIONAL = [
  "@fastify/multipart",
  "@fastify/static",
  "@fastify/view",
  "@nestjs/microservices",
  "@nestjs/platform-express",
  "@nestjs/websockets",
  "class-transformer",
  "class-validator",
];

/**
 * @typedef {object} Size in bytes
 * @property {number} minified
 * @property {number} gzip
 *
 * @typedef {object} Bundle
 * @property {string} name
 * @property {Size} start what is loaded until it listens: the entry and what it imports statically
 * @property {Size} all with what is imported when it is needed first
 * @property {Size} withoutZod what is loaded until it listens, zod left out
 */

/**
 * @param {readonly { name: string, file: string }[]} servers
 * @returns {Promise<Bundle[]>}
 */
export async function bundles(servers) {
  const found = [];
  for (const { name, file } of servers) {
    const path = runnable(file);
    const { start, all } = await sizes(path, OPTIONAL);
    const { start: withoutZod } = await sizes(path, [...OPTIONAL, "zod"]);
    found.push({ name, start, all, withoutZod });
  }
  return found;
}

async function sizes(path, external) {
  const { outputFiles, metafile } = await build({
    entryPoints: [path],
    outdir: "out",
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    write: false,
    platform: "node",
    target: "node24",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    define: { "process.env.NODE_ENV": '"production"' },
    external,
    logLevel: "silent",
  });
  const contents = new Map(outputFiles.map((file) => [file.path.split("/out/").at(-1), file.contents]));
  const nameOf = (output) => output.split("out/").at(-1);
  const atStart = new Set();
  const visit = (output) => {
    if (atStart.has(nameOf(output))) return;
    atStart.add(nameOf(output));
    for (const imported of metafile.outputs[output].imports) {
      if (imported.kind === "import-statement" && imported.external !== true) visit(imported.path);
    }
  };
  visit(
    Object.keys(metafile.outputs).find((output) =>
      metafile.outputs[output].entryPoint?.endsWith(path.split("/").at(-1)),
    ),
  );
  const total = (names) =>
    [...names].reduce(
      ({ minified, gzip }, name) => ({
        minified: minified + contents.get(name).byteLength,
        gzip: gzip + gzipSync(contents.get(name), { level: 9 }).byteLength,
      }),
      { minified: 0, gzip: 0 },
    );
  return { start: total(atStart), all: total(contents.keys()) };
}
