// A prefix that a proxy takes off, and that the document does not list among its servers.
import { App, get, operationIds, request } from "apus";

const readMain = get("/app", { input: { request } }, ({ request }) => ({
  message: "Hello World",
  root_path: request.rootPath,
}));

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  rootPath: "/api/v1",
  rootPathInServers: false,
  servers: [
    { url: "https://stag.example.com", description: "Staging environment" },
    { url: "https://prod.example.com", description: "Production environment" },
  ],
}).include({ readMain });
