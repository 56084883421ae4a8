// A security scheme that answers with another status.
import { App, HTTPException, get, operationIds } from "apus";
import { httpBearer } from "apus/security";

const bearer403 = httpBearer({
  schemeName: "HTTPBearer403",
  notAuthenticated: () => new HTTPException(403, "Not authenticated"),
});

const readMe = get("/me", { input: { credentials: bearer403 } }, ({ credentials }) => ({
  message: "You are authenticated",
  token: credentials.credentials,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readMe,
});
