// An application to be tested by asynchronous tests.
import { App, get, operationIds } from "apus";

const root = get("/", async () => ({ message: "Tomato" }));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({ root });
