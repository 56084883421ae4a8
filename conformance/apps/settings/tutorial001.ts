// Settings, read from the environment.
import { App, get, operationIds } from "apus";
import { settings } from "apus/settings";
import { z } from "zod";

const Settings = z.object({
  appName: z.string().default("Awesome API"),
  adminEmail: z.string(),
  itemsPerUser: z.int().default(50),
});

const values = settings(Settings).read();

const info = get("/info", () => ({
  app_name: values.appName,
  admin_email: values.adminEmail,
  items_per_user: values.itemsPerUser,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({ info });
