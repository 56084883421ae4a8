// What docs/settings.md says of its examples.
import { readFileSync } from "node:fs";
import { SettingsError } from "apus/settings";
import { testClient } from "apus/testing";
import { afterEach, expect, it, vi } from "vitest";
import { main } from "./settings-script.ts";
import { app, config } from "./settings.ts";

const page = readFileSync(new URL("../settings.md", import.meta.url), "utf8");

afterEach(() => vi.unstubAllEnvs());

it("reads the environment that the page shows", async () => {
  const [, shown] = /```sh\n(ADMIN_EMAIL[\s\S]*?)```/.exec(page)!;
  for (const [, name, value] of shown!.matchAll(/^(\w+)=(.*)$/gm)) vi.stubEnv(name!, value);
  expect(config.read()).toMatchObject({ itemsPerUser: 20, corsOrigins: ["https://a.example", "https://b.example"] });
  const client = testClient(app);
  await client.start();
  expect((await client.get("/info")).json()).toEqual({
    appName: "Awesome API",
    adminEmail: "admin@example.com",
    database: "a pool of 9",
  });
  await client.close();
  expect(main()).toBe("postgres://user:secret@db/app");
});

it("stops the start with the message that the page shows", async () => {
  vi.stubEnv("ITEMS_PER_USER", "many");
  vi.stubEnv("DB__POOL_SIZE", "0");
  const error: unknown = await app.startup().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SettingsError);
  expect(page).toContain((error as Error).message);
});
