/**
 * What FastAPI 0.141 (Starlette 1.10) answers for directories of files and front ends: paths of all sorts, Accept, methods,
 * conditions and ranges. `{etag}` stands for the ETag of what is asked for, `html` for what a browser accepts.
 */
import { readFileSync } from "node:fs";
import { App, background, depends, frontend, HTTPException, request, response, router, staticFiles } from "apus";
import { nodeHost } from "apus/server";
import { expect, test } from "vitest";
import { z } from "zod";
import { modified } from "../files/folder.ts";
import { scenarios } from "../scenario.ts";
import { tree } from "./tree.ts";

type Row = readonly [
  method: string,
  target: string,
  headers: "html" | Readonly<Record<string, string>>,
  status: number,
  contentType: string | null,
  version: "both" | "etag" | "date" | "none",
  /** Null for `{"detail":"Not Found"}`. */
  body: string | null,
  told?: Readonly<Record<string, string>>,
];

const recorded = JSON.parse(readFileSync(new URL("fastapi.json", import.meta.url), "utf8")) as {
  readonly modified: number;
  readonly html: string;
  readonly rows: readonly Row[];
};

/** The first part of a path. */
const placeOf = (target: string): string => target.split(/(?<=.)[/?]/, 1)[0]!;
const places = [...new Set(recorded.rows.map(([, target]) => placeOf(target)))];

const types: Readonly<Record<string, string>> = {
  json: "application/json",
  html: "text/html; charset=utf-8",
  text: "text/plain; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  bytes: "application/octet-stream",
};

function appOf(): App {
  const root = tree();
  const [dist, dist2, dist3] = ["dist", "dist2", "dist3"].map((name) => `${root}/${name}`) as [string, string, string];
  const app = new App();
  app.host = nodeHost;
  app.mount("/s", staticFiles(dist));
  app.mount("/h", staticFiles(dist, { html: true }));
  app.mount("/h2", staticFiles(dist2, { html: true }));
  app.mount("/fs", staticFiles(dist, { followSymlink: true }));
  app.get("/app/api/users", () => ({ u: 1 }));
  app.post("/app/post-only", () => 1);
  app.get("/app/sl/", () => "sl");
  app.get("/app/raise", () => {
    throw new HTTPException(404, "api missing");
  });
  app.frontend("/app", { directory: dist });
  app.frontend("/app2/", { directory: dist2 });
  app.frontend("/idx", { directory: dist, fallback: "index.html" });
  app.frontend("/nf", { directory: dist, fallback: null });
  app.frontend("/n404", { directory: dist2, fallback: "404.html" });
  app.frontend("/d3", { directory: dist3 });
  app.frontend("/app/nested", { directory: dist2 });
  const guard = depends({ response, background, request, q: z.int() }, ({ response, request }) => {
    if (request.headers.has("x-no")) throw new HTTPException(401);
    response.headers.set("x-dep", "1");
    response.cookies.set("c", "v");
  });
  const ui = frontend("/ui", { directory: dist, fallback: "index.html" });
  app.include(router({ deep: router({ ui }, { prefix: "/deep", dependencies: [guard] }) }, { prefix: "/pre/in" }));
  return app;
}

test("the recording is of files of the same age", () => expect(recorded.modified).toBe(modified));

scenarios("Directories of files as FastAPI serves them", (ask) => {
  test.each(places)("below %s", async (place) => {
    const app = appOf();
    for (const [method, target, said, status, type, version, body, told = {}] of recorded.rows) {
      if (placeOf(target) !== place) continue;
      const headers = Object.entries(said === "html" ? { accept: "html" } : said).map(
        ([name, value]): [string, string] => [name, value === "html" ? recorded.html : value],
      );
      const asked = `${method} ${target} ${JSON.stringify(said)}`;
      if (headers.some(([, value]) => value.includes("{etag}"))) {
        const { etag = "" } = (await ask(app, `GET ${target}`, { headers: { accept: recorded.html } })).headers;
        for (const each of headers) each[1] = each[1].replace("{etag}", etag);
      }
      const answer = await ask(app, `${method} ${target}`, { headers });
      const found = answer.headers;
      expect([asked, answer.status, found["content-type"] ?? null]).toEqual([
        asked,
        status,
        type === null ? null : (types[type] ?? type),
      ]);
      expect([asked, "etag" in found, "last-modified" in found]).toEqual([
        asked,
        version === "both" || version === "etag",
        version === "both" || version === "date",
      ]);
      expect([asked, answer.text]).toEqual([asked, body ?? '{"detail":"Not Found"}']);
      const { "set-cookie": cookie, ...rest } = told;
      expect([asked, found]).toEqual([asked, expect.objectContaining(rest)]);
      expect([asked, answer.cookies.length]).toEqual([asked, cookie === undefined ? 0 : 1]);
    }
  });
});
