// The check of equal answers, against real servers that answer rightly and wrongly.
import { createServer } from "node:http";
import { describe, expect, test } from "vitest";
import { differences } from "./answers.mjs";
import { kinds, rid, rows, verify } from "./baselines/real/shared.mjs";
import { routes } from "./routes.mjs";

describe("differences", () => {
  async function asked(how, answer, names = ["hello", "get"]) {
    const server = createServer(answer);
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const some = routes.filter((route) => names.includes(route.name));
      return await differences(`http://127.0.0.1:${server.address().port}`, how, some);
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
    expect(await asked({ validates: false }, right)).toEqual([]);
  });
  test("finds bad input that was accepted", async () => {
    expect(await asked({ validates: true }, right)).toEqual([
      "GET /items/0 with bad input (item_id below 1) was answered 200, not 4xx",
      "GET /items/x with bad input (item_id is no number) was answered 200, not 4xx",
      expect.stringMatching(/q longer than 50 characters\) was answered 200/),
    ]);
  });
  test("finds a wrong status, a wrong value and a wrong media type", async () => {
    expect(await asked({ validates: false }, reply(500, {}))).toHaveLength(3);
    expect((await asked({ validates: false }, reply(200, { message: "Hello World" }))).join()).toMatch(
      /GET \/items\/42\?q=abc .*Hello/,
    );
    const asText = (_request, response) => response.end('{"message":"Hello World"}');
    expect((await asked({ validates: false }, asText))[0]).toBe("GET /hello was answered as no content type");
  });

  describe("of the real route", () => {
    const headers = {
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
    };
    const shown = rows.map(({ secret: _secret, hash: _hash, ...row }) => row);
    /** Answers as all must, but for what is changed. */
    const real = (change) => (request, response) => {
      const { id = rid(), status = 401, list = shown, sent = headers } = change;
      if (verify(request.headers.authorization) === null) return response.writeHead(status).end();
      response.writeHead(200, { "content-type": "application/json", "x-request-id": id, ...sent });
      response.end(JSON.stringify(list));
    };
    const askedReal = (change) => asked({ validates: false }, real(change), ["real"]);

    test("finds none in right answers", async () => {
      expect(await askedReal({})).toEqual([]);
    });
    test.each([
      ["a hidden column", { list: rows }, /was answered \[\{.*"secret":"s0"/],
      [
        "a header that is missing",
        { sent: { ...headers, "x-frame-options": "SAMEORIGIN" } },
        /x-frame-options: SAMEORIGIN/,
      ],
      ["a request id that is none", { id: "1" }, /x-request-id: 1, not/],
      ["a request id used twice", { id: rid() }, /twice with the same x-request-id/],
    ])("finds %s", async (_what, change, message) => {
      expect(await askedReal(change)).toEqual([expect.stringMatching(message)]);
    });
    test("finds what is not denied", async () => {
      const found = await askedReal({ status: 403 });
      expect(found).toHaveLength(4);
      expect(found[0]).toMatch(/\(no token\) was answered 403, not 401/);
    });
    test("takes another status for bad input only where it is known", async () => {
      const broken = (status) => (request, response) => {
        const good = request.url.includes("/items/42?limit=50&q=abc") || request.url.endsWith("/items/1");
        let text = "";
        request.setEncoding("utf8").on("data", (piece) => (text += piece));
        request.on("end", () => {
          if (verify(request.headers.authorization) === null || (good && bodyIsGood(text))) {
            return real({})(request, response);
          }
          response.writeHead(status).end();
        });
      };
      const bodyIsGood = (text) => {
        try {
          const body = JSON.parse(text);
          return kinds.every(
            (kind, i) => typeof body[`f${i}`] === kind && body[`f${i}`] !== "" && !(body[`f${i}`].length > 100),
          );
        } catch {
          return false;
        }
      };
      expect(await asked({ validates: true }, broken(422), ["real"])).toEqual([]);
      expect(await asked({ validates: true, refuses: 500 }, broken(500), ["real"])).toEqual([]);
      expect(await asked({ validates: true }, broken(500), ["real"])).toHaveLength(12);
      expect(await asked({ validates: true }, broken(401), ["real"])).toHaveLength(12);
    });
  });
});
