/**
 * What Starlette 1.10 answers for ranges, conditions, methods and names of all sorts. `{etag}` stands for the ETag of the
 * file, `BOUNDARY` for what stands between parts: both are made in another way here.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, operation, query, sendFile } from "apus";
import { nodeHost } from "apus/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { scenarios, type Answered } from "../scenario.ts";
import { folderWith, modified } from "./folder.ts";

type Told = Readonly<Record<string, string>>;

interface Recorded {
  readonly modified: number;
  readonly ranges: readonly [
    size: number,
    range: string,
    status: number,
    contentRange: string | null,
    length: number,
    contentType: string,
    body: string,
  ][];
  readonly conditions: readonly [condition: string, range: string, status: number][];
  readonly methods: readonly [
    method: string,
    asked: number,
    range: string | null,
    status: number,
    headers: Told,
    body: string,
  ][];
  readonly names: readonly [name: string, inline: boolean, disposition: string, contentType: string][];
}

const recorded = JSON.parse(readFileSync(new URL("starlette.json", import.meta.url), "utf8")) as Recorded;
const content = "abcdefghijklmnopqrstuvwxyz0123456789";
const sizes = [...new Set(recorded.ranges.map(([size]) => size))];

function appOf(): App {
  const folder = folderWith(Object.fromEntries(sizes.map((size) => [`${size}.txt`, content.slice(0, size)])));
  const app = new App();
  app.host = nodeHost;
  app.include(
    operation(
      ["GET", "HEAD", "POST"],
      "/{size}",
      { input: { size: z.string(), status: query(z.int().default(200)) } },
      ({ size, status }) => sendFile(join(folder, `${size}.txt`), { status }),
    ),
  );
  app.get("/n/name", { input: { name: z.string(), inline: z.boolean() } }, ({ name, inline }) =>
    sendFile(join(folder, "36.txt"), { filename: name, contentDispositionType: inline ? "inline" : "attachment" }),
  );
  return app;
}

/** What is compared, with the boundary under its name in the recording. */
function compared({ status, headers, text }: Answered): [status: number, headers: Told, body: string] {
  const names = ["accept-ranges", "content-length", "content-range", "last-modified", "content-type"];
  const told = names.flatMap((name) => (name in headers ? [[name, named(headers[name]!)] as const] : []));
  return [status, Object.fromEntries(told), named(text)];
}

function named(text: string): string {
  return text.replaceAll("00".repeat(13), "BOUNDARY");
}

// Adapters are compared byte for byte, so all have the same boundary.
beforeEach(() => void vi.spyOn(crypto, "getRandomValues").mockImplementation((bytes) => bytes));
afterEach(() => void vi.restoreAllMocks());

test("the recording is of files of the same age", () => expect(recorded.modified).toBe(modified));

scenarios("Files as Starlette sends them", (ask) => {
  test.each(sizes)("ranges of a file of %d bytes", async (size) => {
    const app = appOf();
    for (const row of recorded.ranges) {
      const [of, range] = row;
      if (of !== size) continue;
      const [status, headers, body] = compared(await ask(app, `GET /${size}`, { headers: { range } }));
      const { "content-range": contentRange = null, "content-length": length, "content-type": type } = headers;
      expect([size, range, status, contentRange, Number(length), type, body]).toEqual(row);
    }
  });

  test("If-Range", async () => {
    const app = appOf();
    const tag = (await ask(app, "GET /36")).headers["etag"]!;
    for (const [condition, range, status] of recorded.conditions) {
      const answer = await ask(app, "GET /36", { headers: { range, "if-range": condition.replace("{etag}", tag) } });
      expect([condition, range, answer.status]).toEqual([condition, range, status]);
    }
  });

  test("methods and statuses", async () => {
    const app = appOf();
    for (const row of recorded.methods) {
      const [method, asked, range] = row;
      const answer = await ask(app, `${method} /36?status=${asked}`, { headers: range === null ? {} : { range } });
      const [status, headers, body] = compared(answer);
      expect([method, asked, range, status, headers, body]).toEqual(row);
    }
  });

  test("names", async () => {
    const app = appOf();
    for (const [name, inline, disposition, contentType] of recorded.names) {
      const { headers } = await ask(app, `GET /n/name?name=${encodeURIComponent(name)}&inline=${inline}`);
      expect([name, headers["content-disposition"], headers["content-type"]]).toEqual([name, disposition, contentType]);
    }
  });
});
