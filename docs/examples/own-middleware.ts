import { AsyncLocalStorage } from "node:async_hooks";
import { App, around, json, middleware } from "apus";

const moved = middleware({
  onRequest({ path }) {
    return path.startsWith("/old/") ? json({ detail: "Ask the new API" }, { status: 410 }) : undefined;
  },
  onAnswer({ headers }) {
    headers.set("x-powered-by", "swifts");
  },
  onError(error, { id }) {
    return json({ detail: "Something broke", id }, { status: 500 });
  },
});

const tenant = new AsyncLocalStorage<string>();
const forTenant = around((request, next) => tenant.run(request.headers.get("x-tenant") ?? "nobody", () => next()));

export const app = new App({ middleware: [moved] });

app.get("/tenant", { middleware: [forTenant] }, () => `for ${tenant.getStore()}`);
app.get("/broken", () => {
  throw new Error("not today");
});
