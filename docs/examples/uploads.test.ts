// What docs/forms-and-files.md says of its example and of its limits.
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, form, post } from "apus";
import { testClient } from "apus/testing";
import { afterAll, expect, it, vi } from "vitest";
import { z } from "zod";

const folder = await mkdtemp(join(tmpdir(), "uploads-"));
afterAll(() => rm(folder, { recursive: true }));
vi.stubEnv("UPLOADS", folder);
const { app } = await import("./uploads.ts");
const client = testClient(app);

it("saves files under names of its own", async () => {
  const sent = await client.post("/avatars", { files: { image: ["../../me.png", "pixels", "image/png"] } });
  expect(sent.json()).toEqual({ name: "me.png", type: "image/png", size: 6 });
  const [saved] = await readdir(folder);
  expect(saved).toMatch(/^[0-9a-f-]{36}$/);
  expect(await readFile(join(folder, saved!), "utf8")).toBe("pixels");
  expect((await client.post("/avatars", { files: { image: ["", ""] } })).status).toBe(400);
});

it("takes several beside text, models with files, contents and streams", async () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const album = {
    files: { photos: [["sea.png", bytes, "image/png"] as const, new File(["…"], "sky.png")] },
    form: { title: "Summer" },
  };
  expect((await client.post("/albums", album)).json()).toEqual({ title: "Summer", names: ["sea.png", "sky.png"] });
  expect((await client.post("/profiles", { form: { name: "Ada" } })).json()).toEqual({ name: "Ada", size: null });
  const avatar = new File(["text"], "a.txt", { type: "text/plain" });
  expect((await client.post("/profiles", { form: { name: "Ada" }, files: { avatar } })).status).toBe(422);
  expect((await client.post("/icons", { files: { icon: ["a", bytes] } })).json()).toBe(3);
  expect((await client.post("/backups", { body: bytes })).json()).toEqual({
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });
});

const page = readFileSync(new URL("../forms-and-files.md", import.meta.url), "utf8");
const limits = [...page.matchAll(/^\| `(\w+)` +\| ([\d,]+) /gm)].map(([, name, value]) => [name!, value!] as const);

it("knows every limit that the page lists", async () => {
  expect(limits.length).toBeGreaterThan(4);
  const formLimits = Object.fromEntries(limits.map(([name, value]) => [name, Number(value.replaceAll(",", ""))]));
  const limited = new App({ formLimits }).include({ op: post("/", { input: { a: form(z.string()) } }, ({ a }) => a) });
  expect((await testClient(limited).post("/", { form: { a: "x" } })).json()).toBe("x");
});
