// What asks for an upgrade and is no handshake: offers of other protocols, which are requests like any.
import { App, request } from "apus";
import { expect, test } from "vitest";
import { statuses, wire } from "../wire.ts";
import { handshake, overBoth, serving, type Connect } from "./wire-server.ts";

const never: Connect = () => Promise.reject(new Error("It must not be asked"));

overBoth(() => {
  const plain = (): App => {
    const app = new App();
    app.get("/x", () => "x");
    app.post(
      "/length",
      { input: { request } },
      async ({ request: got }) => `${got.headers.get("upgrade")} ${await got.text()}`,
    );
    return app;
  };

  test("offers of other protocols are ignored, however often, and the connection is kept", async () => {
    const client = await wire(await serving(never, {}, plain()));
    const offer =
      "Host: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n";
    for (let i = 1; i <= 20; i++) {
      client.send(`GET /x HTTP/1.1\r\n${offer}\r\n`);
      await client.until(new RegExp(`(?:"x"[^"]*){${i}}`));
    }
    client.send("GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    expect(statuses(await client.closed)).toEqual(Array.from({ length: 21 }, () => 200));
  });

  test("what offers another protocol may have a body, in pieces; what follows is read, or told that it is not", async () => {
    const client = await wire(await serving(never, {}, plain()));
    client.send(
      "POST /length HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 6\r\n\r\nabc",
    );
    client.send("defGET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const received = await client.closed;
    // The offer itself is taken away where the connection had to be read anew.
    expect(received).toMatch(/"(?:null|h2c) abcdef"/);
    expect(received.match(/connection: close/gi)).toHaveLength(1);
    if (statuses(received).length === 2) expect(received).toMatch(/"x"$/);
    else expect(statuses(received)).toEqual([200]);
  });

  test.each([
    ["HTTP/1.0", "GET /x HTTP/1.0", {}],
    ["no Connection that names the offer", "GET /x HTTP/1.1", { Connection: "keep-alive" }],
    ["a version of the protocol's name", "GET /x HTTP/1.1", { Upgrade: "websocket/13" }],
  ])("with %s it is a request like any", async (_, line, changed) => {
    const client = await wire(await serving(never, {}, plain()));
    client.send(handshake(changed, line));
    await client.until(/200 OK[^]*"x"/);
  });
});
