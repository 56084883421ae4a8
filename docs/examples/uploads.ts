// Files: one, several beside text, a model with one in it, the content alone, and a body of any size.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { App, body, file, form, HTTPException, post } from "apus";
import { types } from "apus/types";
import { z } from "zod";

const folder = process.env["UPLOADS"] ?? "uploads";

const saveAvatar = post("/avatars", { input: { image: types.upload() } }, async ({ image }) => {
  if (image.size === 0) throw new HTTPException(400, "Choose a file");
  const path = join(folder, crypto.randomUUID()); // a name of ours: the client's is no path
  await image.save(path);
  return { name: image.name, type: image.type, size: image.size };
});

const createAlbum = post(
  "/albums",
  { input: { title: form(z.string()), photos: z.array(types.upload()).min(1).max(20) } },
  ({ title, photos }) => ({ title, names: photos.map((photo) => photo.name) }),
);

const Profile = z.object({
  name: z.string(),
  avatar: z.file().max(1_000_000).mime(["image/png", "image/jpeg"]).optional(),
});
const saveProfile = post("/profiles", { input: { profile: form(Profile) } }, ({ profile }) => ({
  name: profile.name,
  size: profile.avatar?.size ?? null,
}));

const checkIcon = post("/icons", { input: { icon: file(types.bytes({ max: 4096 })) } }, ({ icon }) => icon.length);

const storeBackup = post(
  "/backups",
  { input: { backup: body(types.stream()) }, bodyLimit: 10 * 1024 ** 3, timeout: 3_600_000 },
  async ({ backup }) => {
    const hash = createHash("sha256");
    for await (const piece of backup) hash.update(piece);
    return { sha256: hash.digest("hex") };
  },
);

export const app = new App().include({ saveAvatar, createAlbum, saveProfile, checkIcon, storeBackup });
