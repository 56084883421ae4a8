// What docs/responses.md says of its example with files.
import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { app } from "./files.ts";

const client = testClient(app, { headers: { "accept-encoding": "identity" } });

it.each([
  ["/logo", 200, "image/svg+xml", null],
  ["/report", 200, "text/csv; charset=utf-8", "attachment; filename*=utf-8''Birds%20of%20March.csv"],
  ["/uploads/march/notes.txt", 200, "text/plain; charset=utf-8", "attachment"],
  ["/uploads/april/notes.txt", 404, "application/json", null],
  ["/uploads/march", 404, "application/json", null],
])("GET %s is answered %i, %s, %s", async (path, status, type, disposition) => {
  const { status: found, headers } = await client.get(path);
  expect([found, headers.get("content-type"), headers.get("content-disposition")]).toEqual([status, type, disposition]);
});

it("sends a part of a file to those who ask for one", async () => {
  const part = await client.get("/report", { headers: { range: "bytes=0-8" } });
  expect([part.status, part.text, part.headers.get("content-range")]).toEqual([206, "name,seen", "bytes 0-8/26"]);
  const beyond = await client.get("/report", { headers: { range: "bytes=99-" } });
  expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, "bytes */26"]);
});
