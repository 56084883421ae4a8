// Only the hosts that are listed are answered.
import { App, get, operationIds } from "apus";
import { trustedHosts } from "apus/middleware";

const main = get("/", () => ({ message: "Hello World" }));

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  middleware: [trustedHosts({ allowedHosts: ["example.com", "*.example.com"] })],
}).include({ main });
