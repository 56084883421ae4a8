// The built-in answers, called by error handlers of one's own: they are what would have been answered without.
import {
  App,
  defaultErrors,
  get,
  HTTPException,
  onError,
  RequestValidationError,
  router,
  type ErrorHandler,
} from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

scenarios("The built-in answers, called by a handler", (ask) => {
  const logged: string[] = [];
  const logging = [
    onError(HTTPException, async (error, request) => {
      logged.push(`${request.path} ${error.status}`);
      return defaultErrors.http(error, request);
    }),
    onError(RequestValidationError, (error, request) => {
      logged.push(`${request.path} ${error.errors()[0]?.type}`);
      return defaultErrors.validation(error, request);
    }),
  ];
  const routes = {
    refuse: get("/refuse", () => {
      throw new HTTPException(401, { why: 1 }, { headers: { "WWW-Authenticate": "Bearer" } });
    }),
    plain: get("/plain", () => {
      throw new HTTPException(403);
    }),
    empty: get("/empty", () => {
      throw new HTTPException(304);
    }),
    invalid: get("/invalid", { input: { q: z.int() } }, ({ q }) => q),
    unwritable: get("/unwritable", () => {
      throw new HTTPException(400, { ratio: Number.NaN });
    }),
  };
  const api = {
    plain: router(routes, { prefix: "/fastapi", errorShape: "fastapi" }),
    problem: router(routes, { prefix: "/problem", errorShape: "problem" }),
  };

  test.each(["fastapi", "problem"] as const)("answer as usual where the shape is %s", async (shape) => {
    for (const line of ["refuse", "plain", "empty", "invalid", "invalid?q=x", "unwritable"]) {
      logged.length = 0;
      const app = (own: readonly ErrorHandler[]): App => new App({ report: () => {}, onError: own }).include(api);
      const [usual, called] = [
        await ask(app([]), `GET /${shape}/${line}`),
        await ask(app(logging), `GET /${shape}/${line}`),
      ];
      const facts = ({ status, headers, text: said }: typeof usual): unknown => ({ status, headers, said });
      expect(facts(called)).toEqual(facts(usual));
      expect(logged).toHaveLength(1);
    }
  });

  test("outside of operations they have the App's shape", async () => {
    const app = new App({ onError: logging, errorShape: "problem" }).include(api);
    expect((await ask(app, "GET /nowhere")).json()).toEqual({ type: "about:blank", title: "Not Found", status: 404 });
    expect((await ask(app, "PUT /fastapi/plain")).headers).toMatchObject({
      allow: "GET, HEAD",
      "content-type": "application/problem+json",
    });
  });
});
