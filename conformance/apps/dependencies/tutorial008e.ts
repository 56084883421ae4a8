// A dependency that cleans up before the answer is sent.
import { App, depends, get, operationIds } from "apus";

const getUsername = depends(
  function* () {
    yield "Rick";
  },
  { scope: "function" },
);

const getUserMe = get("/users/me", { input: { username: getUsername } }, ({ username }) => username);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  getUserMe,
});
