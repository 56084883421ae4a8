// Settings as a dependency, and what stands for them in tests.
import { App, depends, get, operationIds } from "apus";
import { getSettings } from "./config.ts";

export { getSettings } from "./config.ts";

export const getSettingsOverride = depends(() => getSettings.read({ adminEmail: "testing_admin@example.com" }));

const info = get("/info", { input: { settings: getSettings } }, ({ settings }) => ({
  app_name: settings.appName,
  admin_email: settings.adminEmail,
  items_per_user: settings.itemsPerUser,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({ info });
