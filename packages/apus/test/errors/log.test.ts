/** What the default report writes: nothing a request says can look like another line of the log. */
import { App, get, router } from "apus";
import { testClient } from "apus/testing";
import { afterEach, expect, it, vi } from "vitest";
import { z } from "zod";

afterEach(() => vi.restoreAllMocks());

it("quotes the path of a failed request", async () => {
  const written = vi.spyOn(console, "error").mockImplementation(() => {});
  const fails = get("/{name}", { input: { name: z.string() } }, (): string => {
    throw new Error("broken");
  });
  const client = testClient(new App().include(router({ fails })), { raiseServerErrors: false });
  expect((await client.get("/a%0Aapus: all is well")).status).toBe(500);
  const [line] = written.mock.calls[0]!;
  expect(line).toMatch(/^apus: GET "\/a\\napus: all is well" failed; request [\da-f-]{36}\n$/);
});
