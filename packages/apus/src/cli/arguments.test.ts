import { expect, test } from "vitest";
import {
  allValues,
  checkArguments,
  deploymentArguments,
  entryArguments,
  portArgument,
  readPort,
  readTrustedProxies,
} from "./arguments.ts";

const definition = {
  ...entryArguments,
  port: portArgument,
  reload: { type: "boolean" },
  "reload-dir": { type: "string" },
  ...deploymentArguments,
} as const;

test.each([
  [[]],
  [["main.ts"]],
  [["main.ts", "--port", "8001", "--no-reload"]],
  [["--port=8001", "--app=api", "--reload", "main.ts"]],
  [["-e", "src/main.ts:app"]],
  [["-esrc/main.ts:app", "--reload-dir", "a", "--reload-dir=b"]],
  [["--root-path", "/api/v1", "--trusted-proxies", "10.0.0.0/8,loopback", "--proxy-headers"]],
  [["--forwarded-allow-ips=*", "--no-proxy-headers"]],
])("%j is understood", (given) => {
  expect(() => checkArguments("dev", given, definition)).not.toThrow();
});

test.each([
  [["--prot", "1"], /^Unknown option --prot\. Did you mean --port\? See: apus dev --help/],
  [["--verbosity"], /^Unknown option --verbosity\. See: apus dev --help/],
  [["-e"], /^-e needs a value/],
  [["-p", "1"], /^Unknown option -p\./],
  [["--no-port"], /^Unknown option --no-port/],
  [["--no-app=x"], /^Unknown option --no-app/],
  [["--port"], /^--port needs a value/],
  [["--app="], /^--app needs a value/],
  [["a.ts", "b.ts"], /^"b\.ts" is one argument too many/],
])("%j is refused", (given, message) => {
  expect(() => checkArguments("dev", given, definition)).toThrow(message);
});

test("an option that is repeated has all its values", () => {
  const given = ["--reload-dir", "a", "main.ts", "--reload-dir=b", "--port", "1"];
  expect(allValues("reload-dir", given, definition)).toEqual(["a", "b"]);
  expect(allValues("reload-dir", ["main.ts"], definition)).toEqual([]);
});

test.each([
  [undefined, {}, 8000],
  [undefined, { PORT: "" }, 8000],
  [undefined, { PORT: "9000" }, 9000],
  ["8001", { PORT: "9000" }, 8001],
  ["0", {}, 0],
  ["65535", {}, 65_535],
])("--port %j with %j is %d", (option, environment, port) => {
  expect(readPort(option, environment)).toBe(port);
});

test.each(["65536", "-1", "8000.5", "1e3", "80a", " 80", "0x50", "99999999"])("the port %j is refused", (text) => {
  expect(() => readPort(text, {})).toThrow(`--port is "${text}": give a whole number from 0 to 65535`);
  expect(() => readPort(undefined, { PORT: text })).toThrow(`The environment variable PORT is "${text}"`);
});

test.each([
  [{}, undefined],
  [{ "trusted-proxies": "10.0.0.0/8, loopback" }, ["10.0.0.0/8", "loopback"]],
  [{ "forwarded-allow-ips": "*" }, ["*"]],
  [{ "trusted-proxies": "2" }, 2],
  [{ "trusted-proxies": "10.0.0.1,," }, ["10.0.0.1", "", ""]],
  [{ "proxy-headers": true }, ["loopback"]],
  [{ "proxy-headers": true, "trusted-proxies": "::1" }, ["::1"]],
  [{ "proxy-headers": false }, []],
])("%j trusts %j", (given, trusted) => {
  expect(readTrustedProxies(given)).toEqual(trusted);
});

test.each([
  [{ "trusted-proxies": "a", "forwarded-allow-ips": "b" }, /two names of one option/],
  [{ "trusted-proxies": "a", "proxy-headers": false }, /--no-proxy-headers trusts nobody/],
])("%j is refused", (given, message) => {
  expect(() => readTrustedProxies(given)).toThrow(message);
});
