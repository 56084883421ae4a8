// Two users with cookies of their own, and errors as a test and as a client sees them.
import { App, get, post } from "apus";
import { sessionOf, sessions } from "apus/middleware";
import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { z } from "zod";

const session = sessionOf<{ name: string }>();
const login = post("/login", { input: { name: z.string(), session }, status: 204 }, ({ name, session }) => {
  session.set("name", name);
});
const me = get("/me", { input: { session } }, ({ session }) => session.get("name") ?? null);
const broken = get("/broken", () => {
  throw new RangeError("out of range");
});
const middleware = [sessions({ secretKey: "0123456789abcdef0123456789abcdef" })];
const app = new App({ middleware, report: () => {} }).include({ login, me, broken });

it("keeps the session of each client", async () => {
  const [ada, grace] = [testClient(app), testClient(app)];
  const response = await ada.post("/login?name=ada");
  expect(response.cookies.get("session")).toMatchObject({ httpOnly: true, sameSite: "lax" });
  expect([(await ada.get("/me")).json(), (await grace.get("/me")).json()]).toEqual(["ada", null]);
  ada.cookies.clear();
  expect((await ada.get("/me")).json()).toBeNull();
});

it("throws what the app did not expect", async () => {
  await expect(testClient(app).get("/broken")).rejects.toThrow(RangeError);
  const outside = testClient(app, { raiseServerErrors: false });
  expect((await outside.get("/broken")).status).toBe(500);
});
