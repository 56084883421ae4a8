import { expect, test } from "vitest";
import { findApp } from "./find-app.ts";

const app = { fetch() {}, openapi() {}, include() {} };

test.each([
  [{ other: app, app }, "app"],
  [{ other: app, api: app, default: app }, "api"],
  [{ other: app }, "other"],
  [{ default: { app }, "module.exports": {} }, "app"],
])("of %o it takes %s", (exported, name) => {
  expect(findApp(exported, "main.ts", undefined).name).toBe(name);
});

test.each([
  [{ createApp: () => app }, "Export one: export const app = createApp();"],
  [{ helper: () => app }, 'Export one: export const app = new App({ title: "My API" });'],
  [{}, "It exports nothing."],
])("%o exports none: it says how", (exported, hint) => {
  expect(() => findApp(exported, "main.ts", undefined)).toThrow(hint);
});

test("an export that was named has to be one", () => {
  expect(() => findApp({ app }, "main.ts", "aap")).toThrow('main.ts has no export "aap". It exports app (an App).');
  expect(() => findApp({ app: 1 }, "main.ts", "app")).toThrow("not an App: it is a number");
});
