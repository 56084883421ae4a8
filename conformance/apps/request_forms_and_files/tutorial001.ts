// Files and a field of text in one form.
import { App, file, form, operationIds, post } from "apus";
import { types } from "apus/types";
import { z } from "zod";

const createFile = post(
  "/files/",
  { input: { file: file(types.bytes()), fileb: types.upload(), token: form(z.string()) } },
  ({ file, fileb, token }) => ({ file_size: file.length, token, fileb_content_type: fileb.type }),
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createFile,
});
