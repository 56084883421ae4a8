// Fields of a form.
import { App, form, operationIds, post } from "apus";
import { z } from "zod";

const login = post(
  "/login/",
  { input: { username: form(z.string()), password: form(z.string()) } },
  ({ username }) => ({ username }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  login,
});
