// An answer that leaves the password out.
import { App, operationIds, post } from "apus";
import { z } from "zod";

const UserIn = z
  .object({
    username: z.string(),
    password: z.string(),
    email: z.email(),
    full_name: z.string().nullable().default(null),
  })
  .meta({ id: "UserIn" });

const UserOut = z
  .object({ username: z.string(), email: z.email(), full_name: z.string().nullable().default(null) })
  .meta({ id: "UserOut" });

const createUser = post("/user/", { input: { user: UserIn }, output: UserOut }, ({ user }) => user);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createUser,
});
