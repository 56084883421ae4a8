import { App, get, operationIds } from "apus";

export const app = new App({ title: "FastAPI", operationId: operationIds.fastapi });
app.include({ readMain: get("/app", () => ({ message: "Hello World from main app" })) });

const subapi = new App({ title: "FastAPI", operationId: operationIds.fastapi });
subapi.include({ readSub: get("/sub", () => ({ message: "Hello World from sub API" })) });

app.mount("/subapi", subapi);
