// Settings in a module of their own.
import { App, get, operationIds } from "apus";
import { values } from "./config.ts";

const info = get("/info", () => ({
  app_name: values.appName,
  admin_email: values.adminEmail,
  items_per_user: values.itemsPerUser,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({ info });
