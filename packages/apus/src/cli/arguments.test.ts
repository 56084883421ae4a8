import { expect, test } from "vitest";
import { appArgument, checkArguments, pathArgument, portArgument, readPort } from "./arguments.ts";

const definition = { path: pathArgument, port: portArgument, app: appArgument, reload: { type: "boolean" } } as const;

test.each([
  [[]],
  [["main.ts"]],
  [["main.ts", "--port", "8001", "--no-reload"]],
  [["--port=8001", "--app=api", "--reload", "main.ts"]],
])("%j is understood", (given) => {
  expect(() => checkArguments("dev", given, definition)).not.toThrow();
});

test.each([
  [["--prot", "1"], /^Unknown option --prot\. .*apus dev --help/],
  [["-p", "1"], /^Unknown option -p\./],
  [["--no-port"], /^Unknown option --no-port/],
  [["--no-app=x"], /^Unknown option --no-app/],
  [["--port"], /^--port needs a value/],
  [["--app="], /^--app needs a value/],
  [["a.ts", "b.ts"], /^"b\.ts" is one argument too many/],
])("%j is refused", (given, message) => {
  expect(() => checkArguments("dev", given, definition)).toThrow(message);
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
