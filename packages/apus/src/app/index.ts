/** The app room: the App, which links operations into plans and answers requests with them. */
export { App, type FetchContext, type Override } from "./app.ts";
export type { AppDescription } from "./linked.ts";
export type { FetchHandler, MountOptions } from "./mount.ts";
export type { AppOptions } from "./options.ts";
export type { Deployment } from "./site.ts";
export { respond } from "./respond.ts";
