// An application that a debugger can start.
import { App, get, operationIds } from "apus";

const root = get("/", () => ({ "hello world": "ba" }));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({ root });
