// An application to be tested.
import { App, get, operationIds } from "apus";

const readMain = get("/", () => ({ msg: "Hello World" }));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readMain,
});
