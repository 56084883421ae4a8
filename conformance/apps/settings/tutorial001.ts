// Settings, read from the environment.
import { App, get, operationIds } from "apus";
import { z } from "zod";

const Settings = z.object({
  appName: z.string().default("Awesome API"),
  adminEmail: z.string(),
  itemsPerUser: z.coerce.number().int().default(50),
});

const settings = Settings.parse({
  appName: process.env["APP_NAME"],
  adminEmail: process.env["ADMIN_EMAIL"],
  itemsPerUser: process.env["ITEMS_PER_USER"],
});

const info = get("/info", () => ({
  app_name: settings.appName,
  admin_email: settings.adminEmail,
  items_per_user: settings.itemsPerUser,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({ info });
