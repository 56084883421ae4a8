// What proxies say of a request, over the wire: believed from those who are trusted, by the App or by `serve`.
import { App, connection } from "apus";
import type { ServeOptions } from "apus/server";
import { expect, onTestFinished, test, vi } from "vitest";
import { askNode } from "../scenario.ts";
import { serve } from "../serve.ts";

const from = [
  ["x-forwarded-for", "6.6.6.6"],
  ["x-forwarded-for", "192.0.2.1, 127.0.0.2"],
  ["x-forwarded-proto", "https"],
  ["x-forwarded-host", "evil.example"],
  ["x-forwarded-prefix", "/evil"],
  ["host", "shop.example"],
] as const;

test.each<
  [string, Pick<ConstructorParameters<typeof App>[0] & {}, "trustedProxies" | "rootPath">, ServeOptions, string]
>([
  ["nobody by default", {}, {}, "127.0.0.1 http://shop.example/where"],
  ["whom the App names", { trustedProxies: ["loopback"] }, {}, "192.0.2.1 https://shop.example/where"],
  ["whom serve names", {}, { trustedProxies: ["127.0.0.0/8"] }, "192.0.2.1 https://shop.example/where"],
  ["serve more than the App", { trustedProxies: ["*"] }, { trustedProxies: [] }, "127.0.0.1 http://shop.example/where"],
  ["as many as there are", {}, { trustedProxies: 2 }, "192.0.2.1 https://shop.example/where"],
  ["not who is not listed", {}, { trustedProxies: ["10.0.0.0/8"] }, "127.0.0.1 http://shop.example/where"],
  ["the root path of serve", { rootPath: "/a" }, { rootPath: "/b" }, "127.0.0.1 http://shop.example/b/where"],
])("trusted is %s", async (_, ofApp, ofServe, expected) => {
  const app = new App(ofApp);
  app.get("/where", { input: { connection } }, ({ connection: { client, url } }) => `${client?.host} ${url.href}`);
  const server = await serve(app, { port: 0, signals: false, ...ofServe });
  onTestFinished(() => server.close());
  expect((await askNode(server, "GET", "/where", { headers: from })).json()).toBe(expected);
});

test("IPv4 clients have one name, whichever socket they come to", async () => {
  const app = new App();
  app.get("/", { input: { connection } }, ({ connection: { client } }) => client?.host);
  const server = await serve(app, { host: "::", port: 0, signals: false });
  onTestFinished(() => server.close());
  expect((await askNode({ host: "127.0.0.1", port: server.port }, "GET", "/")).json()).toBe("127.0.0.1");
});

test.each<[ServeOptions, string]>([
  [{ trustedProxies: ["10.0.0.1/8"] }, "APUS_TRUSTED_PROXIES"],
  [{ trustedProxies: Number.NaN }, "APUS_TRUSTED_PROXIES"],
  [{ rootPath: "api" }, "APUS_ROOT_PATH"],
  [{ requestTimeout: Number.NaN }, "APUS_SERVE_OPTION"],
])("%j stops the start", async (options, code) => {
  await expect(serve(new App(), { port: 0, signals: false, ...options })).rejects.toMatchObject({ code });
});

test("a Node line without fixes is worth a warning in production, and only there", async () => {
  const said: unknown[] = [];
  const { warn } = console;
  const real = Object.getOwnPropertyDescriptor(process.versions, "node")!;
  onTestFinished(() => {
    console.warn = warn;
    vi.unstubAllEnvs();
    Object.defineProperty(process.versions, "node", real);
  });
  console.warn = (line: unknown) => void said.push(line);
  Object.defineProperty(process.versions, "node", { ...real, value: "19.1.0" });
  for (const environment of ["test", "production"]) {
    vi.stubEnv("NODE_ENV", environment);
    await (await serve(new App(), { port: 0, signals: false })).close();
  }
  expect(said).toEqual([expect.stringMatching(/^apus: Node 19 has had no security fixes since 2023-06-01/)]);
});
