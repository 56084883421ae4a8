// Files with descriptions.
import { App, file, operationIds, post } from "apus";
import { types } from "apus/types";

const createFile = post(
  "/files/",
  { input: { file: file(types.bytes(), { description: "A file read as bytes" }) } },
  ({ file }) => ({ file_size: file.length }),
);

const createUploadFile = post(
  "/uploadfile/",
  { input: { file: file(types.upload(), { description: "A file read as UploadFile" }) } },
  ({ file }) => ({ filename: file.name }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createFile,
  createUploadFile,
});
