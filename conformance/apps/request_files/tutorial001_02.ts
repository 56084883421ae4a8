// Files that may be left out: one as its content, one as an upload.
import { App, file, operationIds, post } from "apus";
import { types } from "apus/types";

const createFile = post("/files/", { input: { file: file(types.bytes().nullable().default(null)) } }, ({ file }) =>
  file === null || file.length === 0 ? { message: "No file sent" } : { file_size: file.length },
);

const createUploadFile = post(
  "/uploadfile/",
  { input: { file: types.upload().nullable().default(null) } },
  ({ file }) => (file === null ? { message: "No upload file sent" } : { filename: file.name }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createFile,
  createUploadFile,
});
