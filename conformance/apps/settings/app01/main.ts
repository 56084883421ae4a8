// Settings in a module of their own.
import { App, get, operationIds } from "apus";
import { settings } from "./config.ts";

const info = get("/info", () => ({
  app_name: settings.appName,
  admin_email: settings.adminEmail,
  items_per_user: settings.itemsPerUser,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({ info });
