// Module hooks that run in Node's loader thread: what a freshly imported application imports from the applications'
// directory is imported freshly with it. See importFresh in load.ts.

let root = "";

/** @param {{ root: string }} data the URL of the applications' directory */
export function initialize(data) {
  root = data.root;
}

/** @type {import("node:module").ResolveHook} */
export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, context);
  const mark = /\?fresh=\d+$/.exec(context.parentURL ?? "")?.[0];
  const isOurs = resolved.url.startsWith(root) && !resolved.url.includes("?");
  return mark !== undefined && isOurs ? { ...resolved, url: resolved.url + mark } : resolved;
}
