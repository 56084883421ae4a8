// The `response` dependency: what handlers and dependencies add to the answer that is still to be made, as FastAPI does it.
import { App, depends, HTTPException, json, kind, redirect, response, text } from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";

const first = depends({ response }, ({ response: to }) => {
  to.headers.set("x-a", "first");
  to.cookies.set("c1", "v1");
  to.status = 201;
});
const second = depends({ response }, ({ response: to }) => {
  to.headers.append("x-a", "second");
  to.status = 202;
});
const accepted = kind<string>({ mediaType: "text/plain", status: 202, write: (value) => value });

scenarios("The response to come", (ask) => {
  test("is one for all: headers and cookies are added, of statuses the last one counts and beats the declared one", async () => {
    const app = new App();
    app.get(
      "/",
      { status: 203, dependencies: [first, second], input: { response }, output: z.object({ a: z.int() }) },
      ({ response: to }) => {
        to.cookies.set("c2", "v2");
        return { a: 1 };
      },
    );
    app.get("/handler", { status: 203, dependencies: [first], input: { response } }, ({ response: to }) => {
      to.status = 206;
    });
    const answer = await ask(app, "GET /");
    expect([answer.status, answer.text, answer.headers["x-a"]]).toEqual([202, '{"a":1}', "first, second"]);
    expect(answer.cookies).toEqual(["c1=v1; Path=/; SameSite=lax", "c2=v2; Path=/; SameSite=lax"]);
    expect((await ask(app, "GET /handler")).status).toBe(206);
  });

  test.each<[string, () => unknown]>([
    ["a reply", () => json({ a: 1 })],
    ["a reply with a status of its own", () => text("x", { status: 200 })],
    ["a Response", () => Response.json({ a: 1 })],
  ])("is ignored where %s is returned: status, headers and cookies", async (_, returned) => {
    const app = new App();
    app.get("/", { dependencies: [first] }, returned);
    const answer = await ask(app, "GET /");
    expect([answer.status, answer.headers["x-a"], answer.cookies]).toEqual([200, undefined, []]);
  });

  test("a status that no answer can have harms nobody where it is ignored", async () => {
    const app = new App();
    app.get("/", { input: { response } }, ({ response: to }) => {
      to.status = 99;
      return json(1);
    });
    expect((await ask(app, "GET /")).status).toBe(200);
  });

  test("is lost when the request fails", async () => {
    const app = new App({ report: () => {} });
    app.get("/known", { dependencies: [first] }, () => {
      throw new HTTPException(404);
    });
    app.get("/unknown", { dependencies: [first], output: z.int() }, () => "x" as unknown as number);
    for (const [path, status] of [
      ["/known", 404],
      ["/unknown", 500],
    ] as const) {
      const answer = await ask(app, `GET ${path}`);
      expect([answer.status, answer.headers["x-a"], answer.cookies]).toEqual([status, undefined, []]);
    }
  });

  test("counts for kinds: the status that is set, or declared, is stronger than the kind's own", async () => {
    const app = new App();
    app.get("/set", { as: redirect, dependencies: [first] }, () => "/x");
    app.get("/declared", { as: redirect, status: 303 }, () => "/x");
    app.get("/own", { as: redirect }, () => "/x");
    app.get("/text", { as: accepted, input: { response } }, ({ response: to }) => {
      to.headers.set("x-a", "1");
      return "text";
    });
    const set = await ask(app, "GET /set");
    expect([set.status, set.headers["location"], set.headers["x-a"]]).toEqual([201, "/x", "first"]);
    expect((await ask(app, "GET /declared")).status).toBe(303);
    expect((await ask(app, "GET /own")).status).toBe(307);
    const own = await ask(app, "GET /text");
    expect([own.status, own.text, own.headers["x-a"]]).toEqual([202, "text", "1"]);
  });

  test("a status without a body drops the body and keeps the headers", async () => {
    const app = new App();
    app.get("/", { input: { response } }, ({ response: to }) => {
      to.status = 204;
      to.headers.set("x-a", "1");
      return { a: 1 };
    });
    const answer = await ask(app, "GET /");
    expect([answer.status, answer.text, answer.headers["x-a"]]).toEqual([204, "", "1"]);
  });

  test.each<[string, (to: { status: number | undefined }) => void]>([
    ["99", (to) => (to.status = 99)],
    ["600", (to) => (to.status = 600)],
    ["200.5", (to) => (to.status = 200.5)],
    ["text", (to) => (to.status = "201" as unknown as number)],
  ])("a status of %s is a reported 500", async (_, set) => {
    const { found, report } = reports();
    const app = new App({ report });
    app.get("/", { input: { response } }, ({ response: to }) => set(to));
    expect((await ask(app, "GET /")).status).toBe(500);
    expect(found).toMatchObject([{ error: { message: expect.stringMatching(/^APUS_STATUS: response\.status is/) } }]);
  });

  test("nothing of one request reaches another", async () => {
    const app = new App();
    app.get("/", { input: { name: z.string().optional(), response } }, ({ name, response: to }) => {
      if (name !== undefined) to.cookies.set("name", name);
    });
    expect((await ask(app, "GET /?name=Ada")).cookies).toEqual(["name=Ada; Path=/; SameSite=lax"]);
    expect((await ask(app, "GET /")).cookies).toEqual([]);
  });
});
