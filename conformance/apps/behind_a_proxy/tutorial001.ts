// The prefix that a proxy takes off the path, as the server tells it.
import { App, get, operationIds, request } from "apus";

const readMain = get("/app", { input: { request } }, ({ request }) => ({
  message: "Hello World",
  root_path: request.rootPath,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readMain,
});
