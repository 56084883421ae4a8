// The check of equal answers, against real servers that answer rightly and wrongly.
import { createServer } from "node:http";
import { describe, expect, test } from "vitest";
import { differences } from "./answers.mjs";
import { routes } from "./routes.mjs";

describe("differences", () => {
  async function asked(validates, answer) {
    const server = createServer(answer);
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const some = routes.filter((route) => route.name !== "post");
      return await differences(`http://127.0.0.1:${server.address().port}`, validates, some);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
  const reply = (status, json) => (_request, response) =>
    response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(json));
  const right = (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    if (pathname === "/hello") return reply(200, { message: "Hello World" })(request, response);
    return reply(200, { item_id: Number(pathname.slice(7)), q: searchParams.get("q") })(request, response);
  };

  test("finds none in right answers of a server that need not validate", async () => {
    expect(await asked(false, right)).toEqual([]);
  });
  test("finds bad input that was accepted", async () => {
    expect(await asked(true, right)).toEqual([
      "GET /items/0 with bad input (item_id below 1) was answered 200, not 4xx",
      "GET /items/x with bad input (item_id is no number) was answered 200, not 4xx",
      expect.stringMatching(/q longer than 50 characters\) was answered 200/),
    ]);
  });
  test("finds a wrong status, a wrong value and a wrong media type", async () => {
    expect(await asked(false, reply(500, {}))).toHaveLength(3);
    expect((await asked(false, reply(200, { message: "Hello World" }))).join()).toMatch(
      /GET \/items\/42\?q=abc .*Hello/,
    );
    const asText = (_request, response) => response.end('{"message":"Hello World"}');
    expect((await asked(false, asText))[0]).toBe("GET /hello was answered as no content type");
  });
});
