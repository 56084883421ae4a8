// What the measured application gets for `apus/server`.
export { serveNet as serve } from "./serve.mjs";
