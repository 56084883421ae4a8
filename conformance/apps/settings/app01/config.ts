// The settings, read from the environment.
import { z } from "zod";

const Settings = z.object({
  appName: z.string().default("Awesome API"),
  adminEmail: z.string(),
  itemsPerUser: z.coerce.number().int().default(50),
});

export const settings = Settings.parse({
  appName: process.env["APP_NAME"],
  adminEmail: process.env["ADMIN_EMAIL"],
  itemsPerUser: process.env["ITEMS_PER_USER"],
});
