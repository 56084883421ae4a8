// A path parameter that holds slashes.
import { App, get, operationIds } from "apus";
import { z } from "zod";

const readFile = get("/files/{file_path:path}", { input: { file_path: z.string() } }, ({ file_path }) => ({
  file_path,
}));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readFile,
});
