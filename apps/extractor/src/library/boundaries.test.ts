import { execFile, execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { LibraryFailure } from "./failure.ts";
import { jpeg, reasonOf, temporaryLibrary } from "./temporary-library.fixture.ts";

const own = temporaryLibrary();
const program = fileURLToPath(new URL("./report.fixture.ts", import.meta.url));
/** Root may read everything; the tests of what may not be read run as nobody. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

describe("pipes, sockets and devices", () => {
  it("are passed over and never opened", async () => {
    own.put("a/1.jpg");
    execFileSync("mkfifo", [join(own.folder, "a/pipe.jpg")]);
    const server = createServer().listen(join(own.folder, "a/socket.jpg"));
    await new Promise((listening) => server.once("listening", listening));
    try {
      symlinkSync("/dev/zero", join(own.folder, "a/zero.jpg"));
      symlinkSync("pipe.jpg", join(own.folder, "a/link-to-pipe.jpg"));
      expect(await own.contents("a")).toEqual({
        photos: ["1.jpg"],
        skipped: {
          "link-to-pipe.jpg": "special_file",
          "pipe.jpg": "special_file",
          "socket.jpg": "special_file",
          "zero.jpg": "outside_library",
        },
      });
      for (const name of ["pipe.jpg", "socket.jpg", "zero.jpg", "link-to-pipe.jpg"]) {
        expect(await reasonOf(own.library.open(`a~2F${name}`)), name).toBe("not_found");
      }
    } finally {
      server.close();
    }
  });
});

describe("what leads out of the library", () => {
  it("is not followed: links to files and folders, absolute, relative, through two steps and in circles", async () => {
    mkdirSync(join(own.base, "outside"));
    writeFileSync(join(own.base, "outside/secret.jpg"), jpeg);
    own.put("a/1.jpg");
    symlinkSync("../../outside/secret.jpg", join(own.folder, "a/out.jpg"));
    symlinkSync(join(own.base, "outside/secret.jpg"), join(own.folder, "a/out-absolute.jpg"));
    symlinkSync("out.jpg", join(own.folder, "a/twice.jpg"));
    symlinkSync(join(own.base, "outside"), join(own.folder, "a/folder"));
    symlinkSync(join(own.base, "outside"), join(own.folder, "linked"));
    symlinkSync("..", join(own.folder, "a/up"));
    symlinkSync("circle.jpg", join(own.folder, "a/circle.jpg"));
    symlinkSync("nowhere.jpg", join(own.folder, "a/broken.jpg"));
    // A folder whose name merely begins like the library's.
    mkdirSync(`${own.folder}-other`);
    writeFileSync(join(`${own.folder}-other`, "secret.jpg"), jpeg);
    symlinkSync(join(`${own.folder}-other`, "secret.jpg"), join(own.folder, "a/neighbour.jpg"));

    expect((await own.library.albums({ limit: 10 })).items.map(({ path }) => path)).toEqual(["a"]);
    expect(await own.contents("a")).toEqual({
      photos: ["1.jpg"],
      skipped: {
        "broken.jpg": "broken_link",
        "circle.jpg": "broken_link",
        folder: "outside_library",
        "neighbour.jpg": "outside_library",
        "out-absolute.jpg": "outside_library",
        "out.jpg": "outside_library",
        "twice.jpg": "outside_library",
        up: "linked_folder",
      },
    });
    for (const id of [
      "a~2Fout.jpg",
      "a~2Ftwice.jpg",
      "a~2Ffolder~2Fsecret.jpg",
      "linked~2Fsecret.jpg",
      "a~2Fneighbour.jpg",
      "a~2Fcircle.jpg",
      "a~2Fup~2Fa~2F1.jpg",
      "a",
      "~",
      "a~2F1.jpg~2Fx",
    ]) {
      expect(await reasonOf(own.library.open(id)), id).toBe("not_found");
    }
    for (const id of ["linked", "a~2Ffolder", "a~2Fup", "a~2F1.jpg", "nowhere", "..", "a~2F.."]) {
      expect(await reasonOf(own.library.photos(id, { limit: 1 })), id).toBe("not_found");
    }
  });

  it("does not include links to files within the library", async () => {
    own.put("a/1.jpg");
    mkdirSync(join(own.folder, "best"));
    symlinkSync("../a/1.jpg", join(own.folder, "best/first.jpg"));
    expect((await own.contents("best")).photos).toEqual(["first.jpg"]);
    await (await own.library.open("best~2Ffirst.jpg")).handle.close();
  });

  it("cannot be reached while somebody keeps swapping a folder for a link", async () => {
    mkdirSync(join(own.base, "outside"));
    writeFileSync(join(own.base, "outside/1.jpg"), "SECRET");
    own.put("a/1.jpg");
    const script = `
      const fs = require("node:fs"); const [a, kept, link] = process.argv.slice(1);
      fs.symlinkSync(${JSON.stringify(join(own.base, "outside"))}, link);
      process.stdout.write("ready");
      for (;;) { fs.renameSync(a, kept); fs.renameSync(link, a); fs.renameSync(a, link); fs.renameSync(kept, a); }`;
    const swapper = execFile(process.execPath, [
      "-e",
      script,
      join(own.folder, "a"),
      join(own.base, "kept"),
      join(own.base, "link"),
    ]);
    await new Promise((ready) => swapper.stdout?.once("data", ready));
    const seen = new Set<string>();
    try {
      for (let round = 0; round < 3000; round++) {
        try {
          const { handle } = await own.library.open("a~2F1.jpg");
          const text = (await handle.readFile()).toString("latin1");
          await handle.close();
          seen.add(text === "SECRET" ? "secret" : "photo");
        } catch (error) {
          seen.add(error instanceof LibraryFailure ? error.reason : String(error));
        }
      }
    } finally {
      const ended = new Promise((end) => swapper.once("exit", end));
      swapper.kill("SIGKILL");
      await ended;
    }
    expect(seen).toContain("photo");
    expect(seen).not.toContain("secret");
    expect([...seen].filter((result) => !["photo", "not_found"].includes(result))).toEqual([]);
  });
});

describe("what may not be read", () => {
  it("is listed with a warning and spoils nothing else", async () => {
    own.put("a/1.jpg");
    chmodSync(own.put("a/locked.jpg"), 0);
    chmodSync(own.put("a/locked.txt", "words"), 0);
    own.put("locked/2.jpg");
    chmodSync(join(own.folder, "locked"), 0);
    const report = await runProgram(nobody);
    expect(report["status"]).toMatchObject({ albums: 2, problem: null });
    expect(report["a"]).toMatchObject({
      photos: {
        "1.jpg": { type: "image/jpeg" },
        "locked.jpg": {
          type: null,
          warnings: [
            { code: "unreadable_file", message: "It cannot be read: this process has no permission to read it." },
          ],
        },
      },
      skipped: [["locked.txt", "unreadable"]],
    });
    expect(report["locked"]).toEqual({
      photos: {},
      skipped: [],
      problem: "It cannot be read: this process has no permission to read it.",
    });
  });

  it("is the whole library when its own folder is locked", async () => {
    chmodSync(own.folder, 0);
    const failing = runProgram(nobody);
    await expect(failing).rejects.toThrow("this process has no permission to read it");
  });
});

async function runProgram(options: object): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), program, own.folder],
    options,
  );
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe("the camera's clock", () => {
  it("shows the same time wherever the server is", async () => {
    const photo = fileURLToPath(import.meta.resolve("jpeg-exif/test/IMG_0001.JPG"));
    mkdirSync(join(own.folder, "a"));
    copyFileSync(photo, join(own.folder, "a/IMG_0001.JPG"));
    for (const TZ of ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"]) {
      const report = await runProgram({ env: { ...process.env, TZ } });
      expect(report["a"]).toMatchObject({
        photos: { "IMG_0001.JPG": { taken: { local: "2016-03-24T14:49:51", offset: null, utc: null } } },
      });
    }
  });
});
