// Several files under one name.
import { App, file, get, html, operationIds, post } from "apus";
import { types } from "apus/types";
import { z } from "zod";

const page = `
<body>
<form action="/files/" enctype="multipart/form-data" method="post">
<input name="files" type="file" multiple>
<input type="submit">
</form>
<form action="/uploadfiles/" enctype="multipart/form-data" method="post">
<input name="files" type="file" multiple>
<input type="submit">
</form>
</body>
    `;

const createFiles = post("/files/", { input: { files: file(z.array(types.bytes())) } }, ({ files }) => ({
  file_sizes: files.map((each) => each.length),
}));

const createUploadFiles = post("/uploadfiles/", { input: { files: z.array(types.upload()) } }, ({ files }) => ({
  filenames: files.map((each) => each.name),
}));

const main = get("/", () => html(page));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createFiles,
  createUploadFiles,
  main,
});
