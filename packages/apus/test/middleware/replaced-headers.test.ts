// What JavaScript lets a hook do to the answer's headers must not leave a client without any answer.
import { App, middleware } from "apus";
import { expect, test } from "vitest";
import { serve } from "../serve.ts";

test("an object in place of the headers is a reported 500", async () => {
  const reported: unknown[] = [];
  const replacing = middleware({
    onAnswer(answer) {
      (answer as { headers: unknown }).headers = { "x-powered-by": "swifts" };
    },
  });
  const app = new App({ middleware: [replacing], report: (error) => reported.push(error) });
  app.get("/", () => "hello");
  const server = await serve(app, { port: 0, signals: false });
  try {
    const answer = await fetch(server.url);
    expect([answer.status, await answer.text()]).toEqual([500, "Internal Server Error"]);
    expect(reported).toEqual([expect.objectContaining({ message: expect.stringContaining("headers") as string })]);
  } finally {
    await server.close();
  }
});
