// Hello World.
import { App, operationIds } from "apus";

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi });

app.get("/", function root() {
  return { message: "Hello World" };
});
