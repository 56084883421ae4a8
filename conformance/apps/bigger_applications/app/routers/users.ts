// Users.
import { get } from "apus";
import { z } from "zod";

export const readUsers = get("/users/", () => [{ username: "Rick" }, { username: "Morty" }]);

export const readUserMe = get("/users/me", () => ({ username: "fakecurrentuser" }));

export const readUser = get("/users/{username}", { input: { username: z.string() } }, ({ username }) => ({ username }));
