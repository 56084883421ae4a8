// A finished answer that sets a cookie.
import { App, json, operationIds, post } from "apus";

const createCookie = post("/cookie/", () =>
  json(
    { message: "Come to the dark side, we have cookies" },
    { cookies: { fakesession: "fake-cookie-session-value" } },
  ),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createCookie,
});
