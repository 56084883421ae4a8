/**
 * Node's modules without `import`. An import reads every name that a module exports, and some are made when they are read: with
 * those of `node:http` comes all of Node's `fetch` and `WebSocket`, which takes longer than the rest of the start.
 */

/** To be called where the module is needed, so that what is rarely needed is rarely loaded: twice costs nothing. */
export const builtin: typeof process.getBuiltinModule = (name: string) => process.getBuiltinModule(name);
