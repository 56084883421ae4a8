// What docs/server.md says of its example.
import { connect } from "node:net";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { serve } from "apus/server";
import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { app } from "./serving.ts";

const page = readFileSync(new URL("../server.md", import.meta.url), "utf8");

it("answers, and says how it is", async () => {
  const client = testClient(app);
  expect((await client.get("/report")).json()).toEqual([100, 200, 300, 400, 500, 600, 700]);
  expect((await client.get("/health")).json()).toEqual({ status: "ok" });
});

it("answers what is no request as the page shows", async () => {
  const [, shown] = /```http\n(HTTP\/1\.1 400[^`]*)```/.exec(page)!;
  const server = await serve(app, { port: 0, signals: false });
  const socket = connect(server.port, server.host);
  let received = "";
  socket.on("data", (chunk) => void (received += String(chunk)));
  socket.write("GET /report HTTP/1.1\nHost: localhost\n\n");
  await once(socket, "close");
  await server.close();
  expect(`${received.replaceAll("\r\n", "\n")}\n`).toBe(shown);
});

it("has every option of serve with its default", async () => {
  const rows = [...page.matchAll(/^\| `(\w+)` +\| ([^|]*?) +\|/gm)].map(([, name, value]) => [name!, value!] as const);
  const wrong = await serve(app, { nothing: 1 } as object).catch((error: unknown) => String(error));
  const names = /there are (.*)\./.exec(String(wrong))![1]!.split(", ");
  expect(rows.map(([name]) => name).toSorted()).toEqual(names.toSorted());
});
