// An application of several modules.
import { App, get, operationIds, router } from "apus";
import { getQueryToken, getTokenHeader } from "./dependencies.ts";
import * as admin from "./internal/admin.ts";
import * as items from "./routers/items.ts";
import * as users from "./routers/users.ts";

const root = get("/", () => ({ message: "Hello Bigger Applications!" }));

const api = router({
  users: router(users, { tags: ["users"] }),
  items: router(items, {
    prefix: "/items",
    tags: ["items"],
    dependencies: [getTokenHeader],
    responses: { 404: { description: "Not found" } },
  }),
  admin: router(admin, {
    prefix: "/admin",
    tags: ["admin"],
    dependencies: [getTokenHeader],
    responses: { 418: { description: "I'm a teapot" } },
  }),
  root,
});

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  dependencies: [getQueryToken],
}).include(api);
