// Settings as a dependency, and what stands for them in tests.
import { App, depends, get, operationIds } from "apus";
import { readSettings } from "./config.ts";

export const getSettings = depends(() => readSettings(), { scope: "app" });

export const getSettingsOverride = depends(() => readSettings({ adminEmail: "testing_admin@example.com" }), {
  scope: "app",
});

const info = get("/info", { input: { settings: getSettings } }, ({ settings }) => ({
  app_name: settings.appName,
  admin_email: settings.adminEmail,
  items_per_user: settings.itemsPerUser,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({ info });
