// A form as one model.
import { App, form, operationIds, post } from "apus";
import { z } from "zod";

const FormData = z.object({ username: z.string(), password: z.string() }).meta({ id: "FormData" });

const login = post("/login/", { input: { data: form(FormData) } }, ({ data }) => data);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  login,
});
