/** What Node gives the core: files, those of the package and temporary ones among them, and zlib. */
import type { Host } from "../exchange/index.ts";
import { builtin } from "./builtin.ts";
import { nodeCompressor } from "./host/node-compressor.ts";
import { findDirectory, openFile } from "./host/node-file.ts";
import { openSpool, saveFile } from "./host/node-spool.ts";

/** `src/server`, `dist/server` and `dist/node` are equally far from the package's root. */
const assets = new URL("../../assets/", import.meta.url);

export const nodeHost: Host = {
  asset: (name) => builtin("node:fs/promises").readFile(new URL(name, assets)),
  compressor: nodeCompressor,
  file: openFile,
  directory: findDirectory,
  spool: openSpool,
  save: saveFile,
  get development() {
    return process.env["NODE_ENV"] === "development";
  },
};
