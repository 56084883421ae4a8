// Swagger UI without syntax highlighting.
import { App, get, operationIds } from "apus";
import { z } from "zod";

const readUser = get("/users/{username}", { input: { username: z.string() } }, ({ username }) => ({
  message: `Hello ${username}`,
}));

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  swaggerUiParameters: { syntaxHighlight: false },
}).include({ readUser });
