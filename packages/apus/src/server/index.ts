/** The server room: Node's adapter. The only core room that imports `node:` modules. */
export { nodeHost } from "./node-host.ts";
export { serve, type ServeOptions, type Serving } from "./serve.ts";
