// The user behind a token, as a dependency.
import { App, depends, get, operationIds } from "apus";
import { oauth2Password } from "apus/security";

interface User {
  username: string;
  email: string | null;
  full_name: string | null;
  disabled: boolean | null;
}

const oauth2Scheme = oauth2Password({ tokenUrl: "token" });

function fakeDecodeToken(token: string): User {
  return { username: `${token}fakedecoded`, email: "john@example.com", full_name: "John Doe", disabled: null };
}

const currentUser = depends({ token: oauth2Scheme }, ({ token }) => fakeDecodeToken(token));

const readUsersMe = get("/users/me", { input: { current_user: currentUser } }, ({ current_user }) => current_user);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readUsersMe,
});
