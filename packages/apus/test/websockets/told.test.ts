// What those who write a socket are told: in development why a handshake was refused, and in the log what failed.
import { App, socket, type Socket } from "apus";
import { testClient, WebSocketDenial } from "apus/testing";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";

/** What was said on the console while a test ran. */
function heard(method: "warn" | "error"): () => string[] {
  const said = vi.spyOn(console, method).mockImplementation(() => {});
  onTestFinished(() => said.mockRestore());
  return () => said.mock.calls.map((call) => String(call[0]));
}

const late = async (socket: Socket): Promise<void> => {
  // Not waited for: the handler is through at once.
  void (async () => {
    await new Promise((resolve) => setImmediate(resolve));
    await socket.send("hello").catch(() => {});
  })();
};

function app(): App {
  return new App().include({
    early: socket("/early", late),
    other: socket("/other", () => {}),
    refuses: socket("/refuses", (ws) => ws.close()),
    open: socket("/open", (ws) => ws.accept()),
  });
}

async function refused(client: ReturnType<typeof testClient>, path: string, origin?: string): Promise<void> {
  const headers = origin === undefined ? {} : { origin };
  await expect(client.websocket(path, { headers })).rejects.toThrow(WebSocketDenial);
}

describe("In development", () => {
  beforeEach(() => {
    vi.stubEnv("NODE_ENV", "development");
    onTestFinished(() => void vi.unstubAllEnvs());
  });

  test("a handler that is through before it accepts is told of, once for each socket", async () => {
    const said = heard("warn");
    const client = testClient(app());
    for (const path of ["/early", "/early", "/refuses", "/other"]) await refused(client, path);
    await (await client.websocket("/open")).close();
    expect(said()).toEqual([
      expect.stringMatching(/^apus: WEBSOCKET \/early \(early\): the handler was through before .* accepted.*403/),
      expect.stringMatching(/^apus: WEBSOCKET \/other /),
    ]);
  });

  test("an origin that is refused is told of once, with what to do, and a flood of them is not", async () => {
    const said = heard("warn");
    const client = testClient(app());
    for (let i = 0; i < 2; i++) await refused(client, "/open", "http://localhost:5173");
    expect(said()).toEqual([expect.stringContaining('new App({ sockets: { origins: ["http://localhost:5173"] } })')]);
    expect(said()[0]).toContain('asked the host "testserver"');
    for (let i = 0; i < 100; i++) await refused(client, "/open", `http://a${i}`);
    await refused(client, "/other", `http://${"a".repeat(1000)}`);
    expect(said()).toHaveLength(20);
  });
});

test("in production nobody is told of either", async () => {
  const said = heard("warn");
  const client = testClient(app());
  await refused(client, "/early");
  await refused(client, "/open", "http://localhost:5173");
  expect(said()).toEqual([]);
});

test("the log calls what fails a WEBSOCKET, before it is accepted and afterwards", async () => {
  const said = heard("error");
  const failing = new App();
  failing.socket("/boom", () => Promise.reject(new Error("early")));
  failing.socket("/later", async (ws) => {
    await ws.accept();
    throw new Error("late");
  });
  const client = testClient(failing, { raiseServerErrors: false });
  await refused(client, "/boom");
  await (await client.websocket("/later")).close();
  expect(said()).toEqual([
    expect.stringMatching(/^apus: WEBSOCKET "\/boom" failed; request /),
    expect.stringMatching(/^apus: WEBSOCKET "\/later" failed; request /),
  ]);
});
