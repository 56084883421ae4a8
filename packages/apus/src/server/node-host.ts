/** What Node gives the core: the package's files, and zlib. */
import { readFile } from "node:fs/promises";
import type { Host } from "../exchange/index.ts";
import { nodeCompressor } from "./node-compressor.ts";

/** `src/server` and `dist/server` are equally far from the package's root. */
const assets = new URL("../../assets/", import.meta.url);

export const nodeHost: Host = {
  asset: (name) => readFile(new URL(name, assets)),
  compressor: nodeCompressor,
};
