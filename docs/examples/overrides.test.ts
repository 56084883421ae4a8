// A test without a database and without a login: dependencies are replaced on a copy of the app.
import { depends } from "apus";
import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { app, currentUser, session } from "./dependencies.ts";

const fakeSession = depends(() => ({ add: async (note: string) => note }));
const fakeUser = depends(() => ({ name: "Grace", scopes: [] }));

it("adds a note in the user's name", async () => {
  const client = testClient(app, {
    overrides: [
      [session, fakeSession],
      [currentUser, fakeUser],
    ],
  });
  expect((await client.post("/notes", { json: { text: "A moth!" } })).json()).toBe("Grace: A moth!");
});
