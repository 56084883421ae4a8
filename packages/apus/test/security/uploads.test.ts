// Uploads: read as they arrive and no faster than they are taken, kept nowhere longer than the request, and named by nobody but us.
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:net";
import { App, post, type Upload } from "apus";
import { testClient } from "apus/testing";
import { types } from "apus/types";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { program } from "../program.ts";

const boundary = "XYZ";
const type = `multipart/form-data; boundary=${boundary}`;
const part = (disposition: string, content: string | Uint8Array, more = ""): Uint8Array =>
  Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n`, "latin1"),
    Buffer.from(content as string),
    Buffer.from("\r\n"),
  ]);
const bodyOf = (...parts: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
const large = new Uint8Array(3 * 1024 * 1024).fill(97);

describe("what is too large for memory", () => {
  let temporary: string;
  let port: number;
  beforeEach(async () => {
    temporary = mkdtempSync(join(tmpdir(), "apus-test-"));
    vi.stubEnv("TMPDIR", temporary);
    port = Number((await program(new URL("./uploading.ts", import.meta.url)).printed(/listening on (\d+)/))[1]);
    vi.unstubAllEnvs();
  });
  afterEach(() => rmSync(temporary, { recursive: true }));

  /** The files that the program keeps, and the folder that they lie in. */
  const folders = (): string[] =>
    readdirSync(temporary)
      .filter((name) => name.startsWith("apus-"))
      .map((name) => join(temporary, name));
  const kept = (): string[] => folders().flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const gone = (): Promise<void> =>
    vi.waitFor(
      () => {
        expect(folders()).toHaveLength(1);
        expect(kept()).toEqual([]);
      },
      { timeout: 20_000 },
    );
  const send = (path: string, ...parts: readonly Uint8Array[]): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method: "POST",
      headers: { "content-type": type },
      body: bodyOf(...parts) as BodyInit,
    });
  const largeFile = part('name="file"; filename="../../secret.txt"', large);

  test("row 6: is a file of our own that only this user reads, and is gone after the answer", async () => {
    const answer = send("/held", largeFile);
    await vi.waitFor(() => expect(kept().map((path) => statSync(path).size)).toEqual([large.length]), {
      timeout: 20_000,
    });
    const [path] = kept();
    expect(path).not.toMatch(/secret|\.txt/);
    expect([folders()[0]!, path!].map((each) => statSync(each).mode & 0o777)).toEqual([0o700, 0o600]);
    await vi.waitFor(
      async () => {
        await send("/release");
        expect(await Promise.race([answer, Promise.resolve("waiting")])).not.toBe("waiting");
      },
      { timeout: 20_000 },
    );
    expect(await (await answer).json()).toEqual({ name: "secret.txt", size: large.length, first: "aaa" });
    await gone();
  });

  test("row 6: is gone whatever becomes of the upload", async () => {
    const b = part('name="b"; filename="b"', "b");
    for (const [path, more, status] of [
      ["/taken", [], 200],
      ["/note", [], 422],
      ["/size", [], 413],
      ["/one", [b], 400],
      ["/taken", [part('filename="b"', "b")], 400],
      ["/short", [part('name="b"', "b".repeat(11))], 400],
      ["/taken", [Buffer.from(`--${boundary}\r\nbroken\r\n\r\nx\r\n`)], 400],
      ["/fails", [part('name="files"; filename="a"', large), part('name="files"; filename="b"', large)], 500],
    ] as const) {
      expect([path, (await send(path, largeFile, ...more)).status]).toEqual([path, status]);
      await gone();
    }
    const socket = connect({ host: "127.0.0.1", port });
    onTestFinished(() => void socket.destroy());
    await new Promise((resolve) => socket.once("connect", resolve));
    socket.write(
      `POST /taken HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: 20000000\r\n\r\n`,
    );
    socket.write(largeFile);
    await vi.waitFor(() => expect(kept()).toHaveLength(1), { timeout: 20_000 });
    socket.destroy();
    await gone();
  });
});

describe("names of files", () => {
  test.each([
    ["../../etc/passwd", "passwd"],
    ["..\\..\\windows\\win.ini", "win.ini"],
    ["C:\\fakepath\\photo.png", "photo.png"],
    ["/etc/shadow", "shadow"],
    ["..", ""],
    [".", ""],
    ["a/", ""],
    ["a\\", ""],
    ["photo.png", "photo.png"],
    ["..%2f..%2fetc", "..%2f..%2fetc"],
  ])("row 7: %j is called %j", async (said, name) => {
    const app = new App();
    app.post("/", { input: { file: types.upload() } }, ({ file }) => ({
      name: file.name,
      said: file.headers["content-disposition"],
    }));
    const answer = await testClient(app).post("/", {
      body: bodyOf(part(`name="file"; filename="${said.replaceAll("\\", "\\\\")}"`, "x")),
      headers: { "content-type": type },
    });
    expect(answer.json().name).toBe(name);
    expect(answer.json().name).not.toMatch(/[/\\\0]/);
  });

  test("row 7: what is saved lies where the handler says, and replaces nothing unless it is told to", async () => {
    const folder = mkdtempSync(join(tmpdir(), "saved-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const saved = join(folder, "kept");
    const app = new App({ report: () => {} });
    const keep = async ({ file, again }: { file: Upload; again: boolean }): Promise<string> => {
      await file.save(saved, { overwrite: again });
      return "kept";
    };
    app.include(post("/{again}", { input: { file: types.upload(), again: z.boolean() } }, keep as never));
    const client = testClient(app, { raiseServerErrors: false });
    for (const [path, content, status] of [
      ["/false", "one", 200],
      ["/false", "two", 500],
      ["/true", "three", 200],
    ] as const) {
      const answer = await client.post(path, { files: { file: ["../../elsewhere", content, "text/plain"] } });
      expect(answer.status).toBe(status);
    }
    expect(readdirSync(folder)).toEqual(["kept"]);
    expect(statSync(saved).size).toBe("three".length);
  });
});
