/** A program for the tests: takes uploads in several ways, so that what it keeps can be looked for in a folder that is its own. */
import { App, file, form } from "apus";
import { types } from "apus/types";
import { z } from "zod";
import { serve } from "../serve.ts";

const app = new App({ report: () => {} });
const upload = types.upload();
let release: (() => void) | undefined;
app.post("/taken", { input: { file: upload } }, () => "taken");
app.post("/held", { input: { file: upload } }, async (given) => {
  const first = await given.file.slice(0, 3).text();
  await new Promise<void>((resolve) => (release = resolve));
  return { name: given.file.name, size: given.file.size, first };
});
app.post("/release", () => release?.());
app.post("/note", { input: { file: upload, note: form(z.string()) } }, () => "taken");
app.post("/size", { input: { file: upload }, formLimits: { maxFileSize: 2_000_000 } }, () => "taken");
app.post("/one", { input: { file: upload }, formLimits: { maxFiles: 1 } }, () => "taken");
app.post("/short", { input: { file: upload }, formLimits: { maxPartSize: 10 } }, () => "taken");
app.post("/fails", { input: { files: file(z.array(upload)) } }, () => {
  throw new Error("no");
});
const server = await serve(app, { port: 0 });
console.log(`listening on ${server.port}`);
