// The measured application, unchanged, on this engine: where it imports `serve` it gets that of node:net, and everything else
// of Apus from the same files as the engine, not from those that are bundled for Node: of a second copy no class would be equal.
import module from "node:module";

const instead = new URL("./instead-of-serve.mjs", import.meta.url).href;
const dist = new URL("../../packages/apus/dist/", import.meta.url).href;

/** Written so that its text is a whole module as well: before Node 22.15 hooks are loaded into a thread of their own. */
function resolving(instead, dist) {
  return (specifier, context, next) => {
    const [name, room] = specifier.split("/");
    if (name !== "apus") return next(specifier, context);
    const url = room === "server" ? instead : `${dist}${room === undefined ? "" : `${room}/`}index.js`;
    return { url, format: "module", shortCircuit: true };
  };
}

if (module.registerHooks === undefined) {
  const text = `export const resolve = (${String(resolving)})(${JSON.stringify(instead)}, ${JSON.stringify(dist)});`;
  module.register(`data:text/javascript,${encodeURIComponent(text)}`);
} else module.registerHooks({ resolve: resolving(instead, dist) });

await import("../servers/apus.mjs");
