// Ids and logs: no header of a client is taken for more than it is, and a log's line is one line.
import { App, request } from "apus";
import { requestId } from "apus/middleware";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { reports } from "../scenario.ts";

describe("ids and logs", () => {
  const forging: readonly string[] = [
    "a b",
    "a\tb",
    "../../etc/passwd",
    "<script>",
    "${jndi:ldap://evil.example}",
    "%0d%0aERROR",
    '{"level":"error"}',
    "a,b",
    "a;b",
    "x".repeat(129),
    "\u00e9",
    "",
    "\u001b[31m",
    "a\u0000b",
    "a\u007f",
  ];

  test("row 34: no header of a client is taken for a request's id unless it is asked for, and then only a plain one", async () => {
    const names = ["x-request-id", "x-correlation-id", "request-id", "traceparent", "x-trace-id", "x-amzn-trace-id"];
    for (const trust of [undefined, false, true]) {
      const { found, report } = reports();
      const app = new App({ report, middleware: [requestId({ trust })] });
      app.get("/fails", { input: { request } }, ({ request: asked }) => {
        throw new Error(asked.id);
      });
      for (const id of [...(trust === true ? [] : ["plain-id"]), ...forging]) {
        const headers = new Headers();
        for (const name of names) if (!id.includes("\0")) headers.set(name, id);
        const answer = await app.fetch(new Request("http://testserver/fails", { headers }));
        const { requestId: used, error } = found.at(-1)!;
        expect(used).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/);
        expect([answer.headers.get("x-request-id"), (error as Error).message]).toEqual([used, used]);
      }
      const plain = new Request("http://testserver/fails", { headers: { "x-request-id": "plain-id" } });
      await app.fetch(plain);
      expect(found.at(-1)!.requestId === "plain-id").toBe(trust === true);
    }
  });

  test("row 34: without the middleware no header is taken either", async () => {
    const { found, report } = reports();
    const app = new App({ report });
    app.get("/", () => {
      throw new Error("x");
    });
    const headers = {
      "x-request-id": "plain-id",
      traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    };
    const answer = await app.fetch(new Request("http://testserver/", { headers }));
    expect(answer.headers.get("x-request-id")).toBe(found[0]!.requestId);
    expect(found[0]!.requestId).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/);
    expect(found[0]!.requestId).not.toContain("4bf9");
  });

  test("row 34: a log's line is one line, whatever the path", async () => {
    const { error: log } = console;
    const lines: string[] = [];
    console.error = (first: unknown) => void lines.push(String(first));
    onTestFinished(() => void (console.error = log));
    const app = new App();
    app.get("/{path:path}", { input: { path: z.string() } }, () => {
      throw new Error("x");
    });
    const paths = [
      "a%0aapus: POST /admin failed; request 1",
      "a%0d%0afake",
      "%1b[2J",
      "%7f",
      "a%22b",
      "%e2%80%a8fake",
      "%c2%85fake",
    ];
    for (const path of paths) await app.fetch(new Request(`http://testserver/${path}`));
    expect(lines).toHaveLength(paths.length);
    for (const line of lines) {
      expect(line).toMatch(/^apus: GET "\/(?:[^"\\]|\\.)*" failed; request [\da-f-]{36}\n$/);
      expect([..."\r\n\u001b"].some((char) => line.slice(0, -1).includes(char))).toBe(false);
    }
  });
});
