/** Where load balancers ask whether to send requests. */
import { App, get } from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { scenarios } from "../scenario.ts";

const hello = get("/", () => ({ message: "Hello World" }));

scenarios("health", (ask) => {
  test("says ok, and says otherwise once the server drains", async () => {
    const app = new App({ healthUrl: "/healthz" }).include({ hello });
    const well = await ask(app, "GET /healthz");
    expect([well.status, well.json(), well.headers["cache-control"]]).toEqual([200, { status: "ok" }, "no-store"]);
    app.draining = true;
    const draining = await ask(app, "GET /healthz");
    expect([draining.status, draining.json()]).toEqual([503, { status: "draining" }]);
    expect((await ask(app, "GET /")).status).toBe(200);
    expect((await ask(app, "POST /healthz")).headers.allow).toBe("GET, HEAD");
    expect((await ask(app, "GET /openapi.json")).json().paths).not.toHaveProperty("/healthz");
  });

  test("is nowhere unless it is asked for", async () => {
    expect((await ask(new App().include({ hello }), "GET /healthz")).status).toBe(404);
  });
});

test("a path that is none stops the start", async () => {
  await expect(testClient(new App({ healthUrl: "healthz" }).include({ hello })).start()).rejects.toThrow(
    'APUS_PATH: healthUrl is "healthz"; it has to start with "/" and has no parameters.',
  );
});

test("a path that an operation answers stops the start", async () => {
  await expect(testClient(new App({ healthUrl: "/" }).include({ hello })).start()).rejects.toThrow(
    'APUS_PATH: healthUrl is "/", which GET / (hello) answers already; give the health another path.',
  );
  await expect(testClient(new App({ healthUrl: "/h/{x}" }).include({ hello })).start()).rejects.toThrow(/APUS_PATH/);
});
