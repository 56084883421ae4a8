// The settings, read from the environment.
import { settings } from "apus/settings";
import { z } from "zod";

const Settings = z.object({
  appName: z.string().default("Awesome API"),
  adminEmail: z.string(),
  itemsPerUser: z.int().default(50),
});

export const values = settings(Settings).read();
