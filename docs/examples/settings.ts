import { App, depends, get } from "apus";
import { settings } from "apus/settings";
import { types } from "apus/types";
import { z } from "zod";

const Settings = z.object({
  appName: z.string().default("Awesome API"),
  adminEmail: z.email(),
  itemsPerUser: z.int().default(50),
  corsOrigins: z.array(z.string()).default([]),
  db: z.object({ url: types.secret(), poolSize: z.int().min(1).default(5) }),
});

export const config = settings(Settings, {
  envFile: ".env",
  secretsDir: "/run/secrets",
  envNestedDelimiter: "__",
  split: { corsOrigins: "," },
});

export const database = depends({ config }, ({ config }) => `a pool of ${config.db.poolSize}`, { scope: "app" });

const info = get("/info", { input: { config, database } }, ({ config, database }) => ({
  appName: config.appName,
  adminEmail: config.adminEmail,
  database,
}));

export const app = new App().include({ info });
