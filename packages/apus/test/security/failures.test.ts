// What goes out of an error that nobody listed: nothing, wherever it was thrown.
import {
  App,
  around,
  background,
  depends,
  get,
  html,
  httpError,
  HTTPException,
  json,
  middleware,
  onError,
  Reply,
  RequestValidationError,
  response,
  type Middleware,
} from "apus";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { gate, reports, scenarios } from "../scenario.ts";
import { serve } from "../serve.ts";
import { wire } from "../wire.ts";

const secret = "secret-5f1c";

class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  readonly status = 400;
  readonly statusCode = 404;
  readonly expose = true;
  readonly code = "SECRET";
  readonly headers = { "x-secret": secret };
  readonly body = secret;
  readonly detail = secret;
  readonly errors = [secret];
  toJSON(): string {
    return secret;
  }
}

const rejected = Promise.reject(new Error(secret));
rejected.catch(() => {});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** What may be thrown by code that nobody reviewed. */
const thrown: readonly (readonly [string, unknown])[] = [
  ["an error", new Error(secret)],
  ["an error that other frameworks would take for an answer", new DatabaseError(secret)],
  [
    "an object that looks like an answer",
    { status: 200, statusCode: 200, headers: { "x-secret": secret }, body: secret },
  ],
  ["an object that looks like an HTTPException", { name: "HTTPException", status: 400, detail: secret, headers: {} }],
  ["a text", secret],
  ["nothing", undefined],
  ["null", null],
  ["a number", 404],
  ["a symbol", Symbol(secret)],
  ["a function", () => secret],
  ["a Response", new Response(secret)],
  ["a reply", json(secret)],
  ["a promise", rejected],
  ["an error around an HTTPException", new Error(secret, { cause: new HTTPException(400, secret) })],
  ["several errors", new AggregateError([new HTTPException(400, secret)], secret)],
  ["an aborted request of the server's own", new DOMException(secret, "AbortError")],
  ["what zod throws", z.object({ [secret]: z.string() }).safeParse({ [secret]: 1 }).error],
  ["an object that cannot be read", new Proxy({}, { get: () => { throw new Error(secret); } })], // prettier-ignore
  ["a proxy that was revoked", revoked()],
  [
    "an object whose prototype cannot be asked for",
    new Proxy(
      {},
      {
        getPrototypeOf: () => {
          throw new Error(secret);
        },
      },
    ),
  ],
  ["an error whose message cannot be read", Object.defineProperty(new Error(), "message", { get: () => { throw new Error(secret); } })], // prettier-ignore
];

/** Every place that code of the application's own runs in before an answer goes out. */
function places(failing: () => never): Record<string, App> {
  const options = { report: () => {} };
  const failed = depends(failing);
  const only = (each: Middleware, inner: () => unknown = () => "fine"): App => {
    const app = new App({ ...options, middleware: [each] });
    app.get("/", inner);
    return app;
  };
  const app = (declare: (app: App) => unknown): App => {
    const made = new App(options);
    declare(made);
    return made;
  };
  // What queries of databases often are: no promise, but something that looks like one.
  // oxlint-disable-next-line unicorn/no-thenable
  const thenable = { then: (_: unknown, reject: (error: unknown) => void) => reject(caught(failing)) };
  return {
    "a handler": app((a) => a.get("/", failing)),
    "an async handler": app((a) => a.get("/", async () => failing())),
    "a thenable": app((a) => a.get("/", () => thenable)),
    "a dependency": app((a) => a.get("/", { input: { failed } }, () => 1)),
    "a guard": app((a) => a.get("/", { dependencies: [failed] }, () => 1)),
    "clean-up before the answer": app((a) => {
      const session = depends(
        function* () {
          yield 1;
          failing();
        },
        { scope: "function" },
      );
      a.get("/", { input: { session } }, () => 1);
    }),
    "a refinement": app((a) => {
      a.get("/", { input: { q: z.string().default("x").refine(failing) } }, () => 1);
    }),
    "a refinement of the answer": app((a) => {
      a.get("/", { output: z.object({ a: z.string().refine(failing) }) }, () => ({ a: secret }));
    }),
    "a getter of the answer": app((a) => a.get("/", () => ({ get [secret]() { return failing(); } }))), // prettier-ignore
    "toJSON of the answer": app((a) => a.get("/", () => ({ a: { toJSON: failing } }))),
    onRequest: only(middleware({ onRequest: failing })),
    onAnswer: only(middleware({ onAnswer: failing })),
    onError: only(middleware({ onError: failing }), failing),
    "around, before": only(around(async () => failing())),
    "around, after": only(around(async (_, next) => (await next(), failing()))), // prettier-ignore
    "an error handler": (() => {
      const made = new App({ ...options, onError: [onError(Error, failing), onError(400, failing)] });
      made.get("/", () => {
        throw new HTTPException(400, secret);
      });
      return made;
    })(),
  };
}

function caught(failing: () => never): unknown {
  try {
    return failing();
  } catch (error) {
    return error;
  }
}

scenarios("Errors that nobody listed", (ask) => {
  test.each(thrown)("row 38: say nothing of themselves, wherever they are thrown: %s", async (_, error) => {
    const failing = (): never => {
      throw error;
    };
    for (const [place, app] of Object.entries(places(failing))) {
      for (const line of ["GET /", "HEAD /"]) {
        const answer = await ask(app, line);
        expect([place, answer.status, answer.text]).toEqual([
          place,
          500,
          line === "GET /" ? "Internal Server Error" : "",
        ]);
        expect(JSON.stringify(answer.headers)).not.toContain(secret);
      }
    }
  });

  test("row 38: problem details say as little", async () => {
    const app = new App({ errorShape: "problem", report: () => {} });
    app.get("/", () => {
      throw new DatabaseError(secret);
    });
    app.get("/output", { output: z.object({ a: z.int() }) }, () => ({ a: secret }) as never);
    for (const path of ["/", "/output"]) {
      const answer = await ask(app, `GET ${path}`);
      expect(answer.json()).toEqual({ type: "about:blank", title: "Internal Server Error", status: 500 });
    }
  });

  test("row 38: an answer that does not fit its model tells neither value nor place", async () => {
    const { found, report } = reports();
    const app = new App({ report });
    const Known = httpError(409, "Known", z.object({ id: z.int() }));
    app.get("/value", { output: z.object({ [secret]: z.int() }) }, () => ({ [secret]: secret }) as never);
    app.get("/missing", { output: z.object({ [secret]: z.int() }) }, () => ({}) as never);
    app.get("/json", () => ({ [secret]: Number.NaN }));
    app.get("/circle", () => {
      const circle: Record<string, unknown> = { [secret]: 1 };
      return (circle["self"] = circle);
    });
    app.get("/error", { errors: [Known] }, () => {
      throw new Known({ id: secret as never });
    });
    app.get("/status", () => new Reply(99, [], secret));
    app.get("/header", () => html(secret, { headers: { "x-a": `${secret}\r\nx-b: 1` } }));
    const paths = ["value", "missing", "json", "circle", "error", "status", "header"];
    for (const path of paths) {
      const answer = await ask(app, `GET /${path}`);
      expect([path, answer.status, answer.text, answer.headers["x-b"]]).toEqual([
        path,
        500,
        "Internal Server Error",
        undefined,
      ]);
    }
    expect(found).toHaveLength(paths.length);
  });

  test("row 38: whoever reports failures may fail as well", async () => {
    const app = new App({
      report: () => {
        throw new Error(secret);
      },
    });
    app.get("/", () => {
      throw new Error(secret);
    });
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    try {
      expect((await ask(app, "GET /")).text).toBe("Internal Server Error");
      expect(said).toHaveBeenCalled();
    } finally {
      said.mockRestore();
    }
  });

  test("row 38: a failure that an error handler answers is the handler's, and only listed errors say who they are", async () => {
    const app = new App({
      report: () => {},
      onError: [
        onError(DatabaseError, () => json({ sorry: true }, { status: 503 })),
        onError(RequestValidationError, (error) => json(error.problems.length, { status: 400 })),
      ],
    });
    app.get("/database", () => {
      throw new DatabaseError(secret);
    });
    app.get("/input", { input: { q: z.int() } }, () => 1);
    const answer = await ask(app, "GET /database");
    expect([answer.status, answer.text]).toEqual([503, '{"sorry":true}']);
    expect((await ask(app, `GET /input?q=${secret}`)).text).toBe("1");
  });

  test("row 38: what was prepared for the answer does not go out with a failure", async () => {
    const app = new App({ report: () => {} });
    const done: string[] = [];
    app.get("/", { input: { response, background } }, (values) => {
      values.response.headers.set("x-secret", secret);
      values.response.cookies.set("session", secret);
      values.response.status = 201;
      values.background.add(() => done.push(secret));
      throw new Error(secret);
    });
    const answer = await ask(app, "GET /");
    expect([answer.status, answer.cookies, answer.headers["x-secret"]]).toEqual([500, [], undefined]);
    await ask.close(app);
    expect(done).toEqual([]);
  });
});

describe("after the headers", () => {
  test("row 38: a stream that fails says nothing of why, is cut off, and the next answer is its own", async () => {
    const app = new App({ report: () => {} });
    const begun = gate();
    app.get("/stream", () => {
      const parts = ["first"];
      return new Response(
        new ReadableStream<Uint8Array>({
          async pull(controller) {
            const part = parts.pop();
            if (part !== undefined) return controller.enqueue(new TextEncoder().encode(part));
            await begun.opened;
            throw new Error(secret);
          },
        }),
      );
    });
    app.include(get("/next", () => "next"));
    const server = await serve(app, { port: 0, signals: false });
    onTestFinished(() => server.close());
    const client = await wire(server);
    client.send("GET /stream HTTP/1.1", "Host: a", "", "GET /next HTTP/1.1", "Host: a", "", "");
    await client.until(/first/);
    begun.open();
    const received = await client.closed;
    expect(received).not.toContain(secret);
    expect(received).not.toContain("500");
    expect(received).not.toMatch(/\r\n0\r\n/);
    expect(received).not.toContain("next");
    expect(await (await fetch(`${server.url}/next`)).json()).toBe("next");
  });
});
