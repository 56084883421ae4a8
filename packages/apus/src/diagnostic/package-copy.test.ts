/** Two copies of the package: a module that is loaded again under another address is one. */
import { expect, test, vi } from "vitest";
import { checkCopy, isOfKind, ofThisCopy } from "./package-copy.ts";

const madeBy = Symbol.for("apus.madeBy");
const foreign = {
  [madeBy]: { url: "file:///app/node_modules/shop/node_modules/apus/dist/diagnostic/package-copy.js" },
};

test("what this copy made is of its kind, and so is what nobody marked", () => {
  expect(isOfKind(ofThisCopy({ kind: "operation" }), "operation")).toBe(true);
  expect(isOfKind({ kind: "operation" }, "operation")).toBe(true);
});

test.each([undefined, null, 3, "operation", {}, { kind: "dependency", ...foreign }, () => {}])(
  "%s is no operation",
  (value) => expect(isOfKind(value, "operation")).toBe(false),
);

test.each([
  [{ kind: "operation", method: "GET", path: "/items" }, "an operation (GET /items)"],
  [{ kind: "dependency", options: { name: "session" } }, "a dependency (session)"],
  [{ kind: "dependency", options: {} }, "a dependency"],
  [{ kind: "middleware", name: "cors" }, "a middleware (cors)"],
  [{ kind: "located", location: "header", options: {} }, "an input (header)"],
  [{ kind: "errorHandler", match: 404 }, "an error handler (404)"],
  [{ kind: "errorHandler", match: Error }, "an error handler"],
])("a value of another copy is refused by name: %j", (value, name) => {
  expect(() => isOfKind({ ...value, ...foreign }, value.kind)).toThrow(
    `APUS_TWO_COPIES: ${name} was made by the copy of apus in /app/node_modules/shop/node_modules/apus, but is used with the one in ${new URL("../..", import.meta.url).pathname.slice(0, -1)}; install one copy for both: \`npm ls apus\``,
  );
});

test.each(["dist/node/core.js", "src/diagnostic/package-copy.ts"])("a copy is named by its folder: %s", (file) => {
  const made = { kind: "operation", path: "/", [madeBy]: { url: `file:///app/node_modules/apus/${file}` } };
  expect(() => isOfKind(made, "operation")).toThrow(
    "APUS_TWO_COPIES: an operation (/) was made by the copy of apus in /app/node_modules/apus, but is used with",
  );
});

test("the mark is kept by copies of a value, and a class has it for its instances and its subclasses", () => {
  class Base {}
  ofThisCopy(Base.prototype);
  class Below extends Base {}
  expect(() => checkCopy(new Below(), "it")).not.toThrow();
  expect(() => checkCopy({ ...ofThisCopy({ a: 1 }) }, "it")).not.toThrow();
  Object.assign(Base.prototype, foreign);
  expect(() => checkCopy(new Below(), "it")).toThrow("APUS_TWO_COPIES: it was made by");
});

test.each(["", "?t=1700000000000", "#again"])(
  "one copy that was loaded twice%s is no matter of what is installed",
  (again) => {
    const here = new URL("package-copy.ts", import.meta.url).href;
    const twin = { kind: "operation", path: "/items", [madeBy]: { url: here + again } };
    const folder = new URL("../..", import.meta.url).pathname.slice(0, -1);
    let message = "";
    try {
      isOfKind(twin, "operation");
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain(
      `APUS_TWO_COPIES: an operation (/items) was made by another load of the copy of apus in ${folder}: it was loaded twice,`,
    );
    expect(message).toContain("import the app and `apus/testing` again, both; have bundlers keep apus external.");
    expect(message).not.toContain("npm ls");
  },
);

test("modules that a test resets are a copy of their own", async () => {
  vi.resetModules();
  const again: typeof import("./package-copy.ts") = await import("./package-copy.ts");
  expect(() => isOfKind(again.ofThisCopy({ kind: "operation" }), "operation")).toThrow(
    "it was loaded twice, after a reset of modules",
  );
});

test("an address without a folder of the package is told as it is, and an error stays the cause", () => {
  const bundled = Object.assign(new Error("lost"), { [madeBy]: { url: "https://example.com/bundle.js" } });
  expect(() => checkCopy(bundled, "it")).toThrow(
    expect.objectContaining({
      message: expect.stringContaining("the copy of apus in https://example.com/bundle.js,"),
      cause: bundled,
    }),
  );
});
