// Typed errors in the document: those of the operation, of its dependencies, of routers and of their guards.
import { App, depends, get, header, httpError, router } from "apus";
import { httpBearer, NotAuthenticated } from "apus/security";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";

const NotFound = httpError(404, "No such item");
const Busy = httpError(503, "Busy", z.object({ seconds: z.int() }).meta({ id: "Wait" }));
const Locked = httpError(423, "Locked", z.enum(["by you", "by others"]));
const Banned = httpError(403, "Banned");
const Readonly = httpError(403, "Read-only");

type Doc = Record<string, { description: string; content?: Record<string, { schema: Record<string, unknown> }> }>;
const responsesOf = (app: App, at: string): Doc => (app.openapi().paths[at]!["get"] as { responses: Doc }).responses;

const user = depends(() => 1, { errors: [Banned] });
const guard = depends({ user }, () => {}, { errors: [Readonly] });
const read = get("/read", { errors: [NotFound], output: z.int() }, () => 1);
const list = get("/list", { output: z.int() }, () => 1);

test("a router's errors and its guards' join those of every operation in it", () => {
  const inner = router({ read, list }, { prefix: "/inner", dependencies: [guard] });
  const app = new App().include(router({ inner, list }, { prefix: "/api", errors: [Busy, NotFound] }));
  const said = (at: string): unknown =>
    Object.entries(responsesOf(app, at)).map(([status, { description }]) => `${status} ${description}`);
  expect(said("/api/inner/read")).toEqual([
    "200 Successful Response",
    "403 Read-only or Banned",
    "404 No such item",
    "503 Busy",
  ]);
  expect(said("/api/inner/list")).toEqual([
    "200 Successful Response",
    "403 Read-only or Banned",
    "404 No such item",
    "503 Busy",
  ]);
  expect(said("/api/list")).toEqual(["200 Successful Response", "404 No such item", "503 Busy"]);
  expect(responsesOf(app, "/api/inner/list")["403"]!.content).toEqual({
    "application/json": {
      schema: {
        anyOf: ["Read-only", "Banned"].map((title) => ({
          type: "object",
          properties: { detail: { type: "string", const: title } },
          required: ["detail"],
        })),
      },
    },
  });
});

test("in the shape of the nearest router that says one", () => {
  const inner = router({ read }, { prefix: "/inner", errors: [Locked] });
  const outer = router({ inner }, { prefix: "/outer", errors: [Busy], errorShape: "problem" });
  const app = new App().include(outer);
  const responses = responsesOf(app, "/outer/inner/read");
  const schemas = ["404", "503", "423"].map(
    (status) => responses[status]!.content!["application/problem+json"]!.schema,
  );
  const named = (status: number): object => ({
    type: { type: "string" },
    title: { type: "string" },
    status: { const: status },
  });
  const required = ["type", "title", "status"];
  expect(schemas).toEqual([
    { type: "object", properties: { ...named(404), detail: { type: "string", const: "No such item" } }, required },
    { type: "object", properties: { ...named(503), errors: { $ref: "#/components/schemas/Wait" } }, required: [...required, "errors"] }, // prettier-ignore
    {
      type: "object",
      properties: { ...named(423), detail: { type: "string", enum: ["by you", "by others"] } },
      required,
    },
  ]);
});

test("what is documented is what is answered, in either shape", async () => {
  const failing = get(
    "/{kind}",
    { input: { kind: z.enum(["busy", "locked"]) }, errors: [Busy, Locked] },
    ({ kind }) => {
      if (kind === "busy") throw new Busy({ seconds: 1 });
      throw new Locked("by you");
    },
  );
  const problem = testClient(new App({ errorShape: "problem" }).include({ failing }));
  expect((await problem.get("/busy")).json()).toMatchObject({ status: 503, errors: { seconds: 1 } });
  expect((await problem.get("/locked")).json()).toMatchObject({ status: 423, detail: "by you" });
  const plain = testClient(new App().include({ failing }));
  expect((await plain.get("/busy")).json()).toEqual({ detail: { seconds: 1 } });
  expect((await plain.get("/locked")).json()).toEqual({ detail: "by you" });
});

test("a router's guard with an input brings the 422 and the parameter", () => {
  const tenant = depends({ "x-tenant": header(z.string()) }, () => {});
  const app = new App().include(router({ list }, { dependencies: [tenant] }));
  expect(Object.keys(responsesOf(app, "/list"))).toEqual(["200", "422"]);
});

test("the 401 of a scheme stands in the document only where somebody lists it", () => {
  const bearer = httpBearer();
  const app = new App().include({
    silent: router({ list }, { prefix: "/silent", dependencies: [bearer] }),
    said: router({ list }, { prefix: "/said", dependencies: [bearer], errors: [NotAuthenticated] }),
  });
  expect(Object.keys(responsesOf(app, "/silent/list"))).toEqual(["200"]);
  expect(Object.keys(responsesOf(app, "/said/list"))).toEqual(["200", "401"]);
});

test.each([
  ["no class", {}],
  ["an instance", new NotFound()],
  ["a class that has no status", Error],
])("what is no class of errors stops the start: %s", async (_, wrong) => {
  const app = new App().include(router({ list }, { errors: [wrong as never] }));
  await expect(app.startup()).rejects.toThrow("APUS_ERRORS");
});
