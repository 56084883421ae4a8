// Everything goes over HTTPS.
import { App, get, operationIds } from "apus";
import { httpsRedirect } from "apus/middleware";

const main = get("/", () => ({ message: "Hello World" }));

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  middleware: [httpsRedirect()],
}).include({ main });
