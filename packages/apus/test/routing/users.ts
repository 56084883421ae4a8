/** A module as a user writes it: operations among other exports. Sorted by name, the operations would be in another order. */
import { get, httpError, post } from "apus";
import { z } from "zod";

export const User = z.object({ id: z.string() });
export const UserNotFound = httpError(404, "User not found");
export const readUserMe = get("/users/me", () => "me");
export const readUserById = get("/users/{id}", { input: { id: z.string() } }, ({ id }) => id);
export const createUser = post("/users/{id}", { input: { id: z.string() } }, ({ id }) => `made ${id}`);
export const limits = { users: 3, nested: { deep: true } };
export class Repository {}
export function helper(): number {
  return 1;
}
export const list = [readUserMe];
export default "a default export";
