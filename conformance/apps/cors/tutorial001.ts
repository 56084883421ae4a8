// Pages of other origins may read the answers.
import { App, get, operationIds } from "apus";
import { cors } from "apus/middleware";

const main = get("/", () => ({ message: "Hello World" }));

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  middleware: [
    cors({
      allowOrigins: [
        "http://localhost.tiangolo.com",
        "https://localhost.tiangolo.com",
        "http://localhost",
        "http://localhost:8080",
      ],
      allowCredentials: true,
      allowMethods: ["*"],
      allowHeaders: ["*"],
    }),
  ],
}).include({ main });
