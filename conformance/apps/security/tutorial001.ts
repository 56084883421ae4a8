// A bearer token that the document describes, and that nobody checks.
import { App, get, operationIds } from "apus";
import { oauth2Password } from "apus/security";

const oauth2Scheme = oauth2Password({ tokenUrl: "token" });

const readItems = get("/items/", { input: { token: oauth2Scheme } }, ({ token }) => ({ token }));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
