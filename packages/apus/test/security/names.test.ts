// Servers that listen on this machine alone: a page of another site must not reach them under a name that it points here.
import { App } from "apus";
import { describe, expect, onTestFinished, test } from "vitest";
import { serve } from "../serve.ts";
import { wire } from "../wire.ts";

/** The status line of the answer to a request with these Host headers. */
async function asked(allowedHosts: readonly string[] | undefined, host: string, path = "/"): Promise<string> {
  const app = new App();
  app.get("/", () => "in");
  const server = await serve(app, { port: 0, signals: false, allowedHosts });
  onTestFinished(() => server.close());
  const connection = await wire(server);
  connection.send(`GET ${path} HTTP/1.1`, `Host: ${host.replace("PORT", String(server.port))}`, "", "");
  const [, status] = await connection.until(/^HTTP\/1\.1 (\d+)/);
  return status!;
}

describe("names", () => {
  test.each([
    "evil.example",
    "evil.example:PORT",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil.example#localhost",
    "localhost@evil.example",
    "[::1].evil.example",
  ])("row 33: a server with a list does not answer to %s, whatever is asked for", async (host) => {
    for (const path of ["/", "/docs", "/openapi.json", "/nothing", `http://localhost/`]) {
      expect([path, await asked([], host, path)]).toEqual([path, "400"]);
    }
  });

  test.each([
    [[], "localhost:PORT"],
    [[], "127.0.0.1:PORT"],
    [[], "[::1]:PORT"],
    [["api.example"], "api.example"],
    [[".example"], "api.example:PORT"],
    [["*"], "evil.example"],
    [undefined, "evil.example"],
  ])("row 33: with %j it answers to %s", async (allowed, host) => expect(await asked(allowed, host)).toBe("200"));
});
