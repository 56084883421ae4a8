import { expect, test } from "vitest";
import { startMessage } from "./start-message.ts";

const facts: Parameters<typeof startMessage>[0] = {
  entry: "main.ts",
  name: "app",
  host: "127.0.0.1",
  port: 8000,
  publicUrl: undefined,
  docsUrl: "/docs",
  mode: "development",
  reload: true,
  discovered: false,
  again: false,
};

test("mode, entry, address and documentation", () => {
  expect(startMessage(facts)).toBe(
    [
      "Apus",
      "  Mode    development, restarts on save",
      "  App     main.ts (export app)",
      "  Server  http://127.0.0.1:8000",
      "  Docs    http://127.0.0.1:8000/docs",
    ].join("\n"),
  );
});

test("an app without documentation names none", () => {
  expect(startMessage({ ...facts, docsUrl: null })).not.toContain("Docs");
});

test.each(["0.0.0.0", "::"])("listening on %s gives an address that a browser can open", (host) => {
  const message = startMessage({ ...facts, host, mode: "production", reload: false });
  expect(message).toContain(`Server  http://127.0.0.1:8000 (listens on ${host}, so other machines can reach it)`);
  expect(message).toContain("Mode    production\n");
  expect(message).toContain("Docs    http://127.0.0.1:8000/docs");
});

test("an IPv6 address is bracketed", () => {
  expect(startMessage({ ...facts, host: "::1" })).toContain("http://[::1]:8000/docs");
});

test("a restart needs one line", () => {
  expect(startMessage({ ...facts, again: true })).toBe("Restarted main.ts at http://127.0.0.1:8000");
});

test("a public address is shown in place of the one listened on", () => {
  const message = startMessage({ ...facts, host: "0.0.0.0", publicUrl: "https://api.example.com/v1" });
  expect(message).toContain("Server  https://api.example.com/v1 (listens on 0.0.0.0, port 8000)\n");
  expect(message).toContain("Docs    https://api.example.com/v1/docs");
});

test("an app that was found can be pinned", () => {
  const message = startMessage({ ...facts, entry: "src/main.ts", discovered: true });
  expect(message).toContain('Hint    pin this app in package.json: "apus": { "entrypoint": "src/main.ts:app" }');
});
