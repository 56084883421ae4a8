// Puts the modules together. Clients take their types from `api`, tests and main.ts make an app.
import { App, depends, HTTPException, router } from "apus";
import { cors } from "apus/middleware";
import { apiKeyHeader, secretsEqual } from "apus/security";
import { createAdmin } from "./admin.ts";
import * as items from "./items.ts";
import * as orders from "./orders.ts";
import { customer } from "./store.ts";

export const api = router(
  {
    items: router(items, { prefix: "/items", tags: ["items"] }),
    orders: router(orders, { prefix: "/orders", tags: ["orders"], dependencies: [customer] }),
  },
  { prefix: "/v1" },
);

export interface ShopSettings {
  readonly adminKey: string;
  readonly origins?: readonly string[];
  /** Whether the document and its pages are served. */
  readonly docs?: boolean;
}

export function createApp({ adminKey, origins = [], docs = true }: ShopSettings): App {
  const key = apiKeyHeader({ name: "x-admin-key" });
  const admins = depends({ key }, ({ key }) => {
    if (!secretsEqual(key, adminKey)) throw new HTTPException(403);
  });
  return new App({
    title: "Shop",
    version: "1.0.0",
    openapiUrl: docs ? "/openapi.json" : null,
    middleware: [cors({ allowOrigins: origins })],
  })
    .include(api)
    .mount("/admin", createAdmin(), { dependencies: [admins] });
}
