// Models that are made from each other.
import { App, operationIds, post } from "apus";
import { z } from "zod";

const UserBase = z.object({
  username: z.string(),
  email: z.email(),
  full_name: z.string().nullable().default(null),
});

const UserIn = UserBase.extend({ password: z.string() }).meta({ id: "UserIn" });

const UserOut = UserBase.meta({ id: "UserOut" });

interface UserInDB extends z.output<typeof UserBase> {
  hashed_password: string;
}

function saveUser({ password, ...user }: z.output<typeof UserIn>): UserInDB {
  return { ...user, hashed_password: `supersecret${password}` };
}

const createUser = post("/user/", { input: { user_in: UserIn }, output: UserOut }, ({ user_in }) => saveUser(user_in));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createUser,
});
