// A test with settings of its own: the environment is not read.
import { depends } from "apus";
import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { app, config } from "./settings.ts";

const forTests = depends(() =>
  config.read({ adminEmail: "testing@example.com", db: { url: "postgres://test", poolSize: 1 } }),
);

it("shows the address of tests", async () => {
  const client = testClient(app, { overrides: [[config, forTests]] });
  expect((await client.get("/info")).json()).toMatchObject({ adminEmail: "testing@example.com" });
});
