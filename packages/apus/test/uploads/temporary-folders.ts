/** A program for the tests of temporary files: the folder for them cannot be made at first, and is taken away again and again. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, post } from "apus";
import { types } from "apus/types";
import { serve } from "../serve.ts";

const place = mkdtempSync(join(tmpdir(), "apus-spool-test-"));
const form = (): FormData => {
  const form = new FormData();
  form.set("f", new Blob([new Uint8Array(2 * 1024 * 1024)]), "f");
  return form;
};
const app = new App({ report: () => {} }).include({ up: post("/", { input: { f: types.upload() } }, () => 1) });
const server = await serve(app, { port: 0 });
const upload = async (): Promise<number> => (await fetch(server.url, { method: "POST", body: form() })).status;

const file = join(place, "file");
writeFileSync(file, "");
const full: number[] = [];
for (const path of [file, join(place, "none")]) {
  process.env["TMPDIR"] = path;
  full.push(await upload());
}
rmSync(file);
process.env["TMPDIR"] = place;
full.push(await upload());

const listening = process.listenerCount("exit");
const folders: number[] = [];
for (let i = 0; i < 3; i++) {
  for (const name of readdirSync(place)) rmSync(join(place, name), { recursive: true, force: true });
  const statuses = await Promise.all(Array.from({ length: 8 }, upload));
  folders.push(...new Set(statuses), readdirSync(place).length);
}
const more = process.listenerCount("exit") - listening;
console.log(JSON.stringify({ place, full, folders, more }));
await server.close();
