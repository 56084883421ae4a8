// An answer of the model that the body's model extends.
import { App, operationIds, post } from "apus";
import { z } from "zod";

const BaseUser = z
  .object({ username: z.string(), email: z.email(), full_name: z.string().nullable().default(null) })
  .meta({ id: "BaseUser" });

const UserIn = BaseUser.extend({ password: z.string() }).meta({ id: "UserIn" });

const createUser = post("/user/", { input: { user: UserIn }, output: BaseUser }, ({ user }) => user);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createUser,
});
