/** What Node gives the core: the package's files. */
import { readFile } from "node:fs/promises";
import type { Host } from "../exchange/index.ts";

/** `src/server` and `dist/server` are equally far from the package's root. */
const assets = new URL("../../assets/", import.meta.url);

export const nodeHost: Host = {
  asset: (name) => readFile(new URL(name, assets)),
};
