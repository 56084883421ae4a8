// A name and a password, compared without telling how much of them was right.
import { App, HTTPException, depends, get, operationIds } from "apus";
import { httpBasic, secretsEqual } from "apus/security";

const currentUsername = depends({ credentials: httpBasic() }, ({ credentials: { username, password } }) => {
  const isUsername = secretsEqual(username, "stanleyjobson");
  const isPassword = secretsEqual(password, "swordfish");
  if (isUsername && isPassword) return username;
  throw new HTTPException(401, "Incorrect username or password", { headers: { "WWW-Authenticate": "Basic" } });
});

const readCurrentUser = get("/users/me", { input: { username: currentUsername } }, ({ username }) => ({ username }));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readCurrentUser,
});
