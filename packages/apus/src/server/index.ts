/** The server room: Node's adapter. The only core room that imports `node:` modules. */
export { nodeHost } from "./node-host.ts";
export type { ServeOptions } from "./options.ts";
export { serve, type Serving } from "./serve.ts";
