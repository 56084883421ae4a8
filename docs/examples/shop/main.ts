import { createApp } from "./app.ts";

export const app = createApp({ adminKey: process.env["SHOP_ADMIN_KEY"] ?? crypto.randomUUID() });
