// Three models of one thing: as it comes, as it goes, as it is stored.
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

interface UserInDB {
  username: string;
  hashed_password: string;
  email: string;
  full_name: string | null;
}

function saveUser({ password, ...user }: z.output<typeof UserIn>): UserInDB {
  return { ...user, hashed_password: `supersecret${password}` };
}

const createUser = post("/user/", { input: { user_in: UserIn }, output: UserOut }, ({ user_in }) => saveUser(user_in));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createUser,
});
