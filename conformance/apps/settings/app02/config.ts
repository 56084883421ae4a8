// The settings, read from the environment.
import { z } from "zod";

const Settings = z.object({
  appName: z.string().default("Awesome API"),
  adminEmail: z.string(),
  itemsPerUser: z.coerce.number().int().default(50),
});

export type Settings = z.output<typeof Settings>;

/** Reads the settings; what is given stands before the environment. */
export function readSettings(given: Partial<Settings> = {}): Settings {
  return Settings.parse({
    appName: process.env["APP_NAME"],
    adminEmail: process.env["ADMIN_EMAIL"],
    itemsPerUser: process.env["ITEMS_PER_USER"],
    ...given,
  });
}
