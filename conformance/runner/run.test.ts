// The command as a whole, in a process of its own, on small recordings with a right, a wrong and a broken application.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const vectors = mkdtempSync(join(tmpdir(), "apus-vectors-"));

const json = { "content-type": "application/json" };
const observed = { status: 200, headers: json };
const parameter = { name: "limit", in: "path", required: true };
const invalid = (schema: object) => ({ description: "Validation Error", content: { "application/json": { schema } } });

/** A recorded document with the two titles that Apus leaves out, cut down to what the test asserts of it. */
const documentStep = {
  request: { method: "GET", path: "/openapi.json" },
  expect: {
    status: 200,
    json: {
      $match: "IsPartialDict",
      args: [{ openapi: "3.1.0", info: { title: "FastAPI", version: "0.1.0" } }],
    },
  },
};

const titledStep = {
  request: { method: "GET", path: "/openapi.json" },
  expect: {
    json: {
      openapi: "3.1.0",
      info: { title: "FastAPI", version: "0.1.0" },
      paths: {
        "/count": { $match: "AnyThing" },
        "/old": { $match: "AnyThing" },
        "/greeting": { $match: "AnyThing" },
        "/log": { $match: "AnyThing" },
        "/count/{limit}": {
          get: {
            summary: "Read Count",
            operationId: "read_count_count__limit__get",
            parameters: [{ ...parameter, schema: { type: "integer", title: "Limit" } }],
            responses: {
              "200": { description: "Successful Response", content: { "application/json": { schema: {} } } },
              "422": invalid({ $ref: "#/components/schemas/HTTPValidationError" }),
            },
          },
        },
      },
      components: { $match: "AnyThing" },
    },
  },
};

const add = (count: number, place = "nowhere") => ({
  request: { method: "POST", path: "/count" },
  expect: { status: 200, json: { count, place } },
  observed,
});

/** A request with the test client's default headers, or without, whose answer tells some of them. */
const sent = (agent: string | null) => ({
  request: {
    method: "POST",
    path: "/headers",
    json: {},
    headers: { "x-own": "yes" },
    cookies: { flavour: "plain" },
    ...(agent === null && { no_default_headers: true }),
  },
  expect: { json: { host: "testserver", user_agent: agent, x_own: "yes", flavour: "plain", body: {} } },
  observed,
});

const rooted = (root: string) => ({
  request: { method: "GET", path: "/root" },
  expect: { json: { root_path: root } },
  observed,
});

interface RecordedCase {
  readonly name: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly setup?: string;
  readonly after?: readonly object[];
  readonly steps: readonly object[];
}

const cases = [
  { name: "counts within a case", steps: [{ ...add(1), capture: { count: ["count"] } }, add(2)] },
  { name: "starts afresh", env: { CONFORMANCE_PLACE: "here" }, steps: [add(1, "here")] },
  { name: "forgets the environment", steps: [add(1)] },
  {
    name: "captures",
    steps: [
      { ...add(1), capture: { limit: ["count"] } },
      {
        request: { method: "GET", path: "/count/{{limit}}" },
        expect: { json: { count: { $capture: "limit" } } },
        observed,
      },
    ],
  },
  {
    name: "overrides",
    steps: [{ ...add(10), dependency_overrides: [{ dependency: "get_step", override: "get_step_override" }] }],
  },
  {
    name: "follows redirects",
    steps: [
      {
        request: { method: "GET", path: "/old" },
        expect: { status: 200, json: { count: 0 } },
        observed: { ...observed, redirects: [{ status: 307, location: "/count/100" }] },
      },
      {
        request: { method: "GET", path: "/old", follow_redirects: false },
        expect: { status: 307, headers: { Location: "/count/100" } },
        observed: { status: 307, headers: { location: "/count/100" } },
      },
    ],
  },
  {
    name: "default headers",
    steps: [sent("testclient"), sent(null)],
  },
  {
    name: "errors",
    steps: [
      {
        request: { method: "GET", path: "/count/-1" },
        expect: { status: 400, json: { detail: "Below zero" }, headers: { "x-error": "negative" } },
        observed: { status: 400, headers: { ...json, "x-error": "negative" } },
      },
      {
        request: { method: "GET", path: "/count/x" },
        expect: {
          status: 422,
          json_at: [{ path: ["detail", 0, "loc"], equals: ["path", "limit"] }],
        },
      },
    ],
  },
  {
    name: "raises",
    steps: [
      add(1),
      {
        request: { method: "GET", path: "/count/0" },
        expect: { raises: { type: "OutOfRange", message: "1 is more than 0" } },
      },
      {
        request: { method: "GET", path: "/misuse" },
        expect: { raises: { type: "FastAPIError", message: "in FastAPI's own words" } },
      },
      {
        request: { method: "GET", path: "/count/0" },
        client: { raise_server_exceptions: false },
        expect: { status: 500 },
      },
    ],
  },
  {
    name: "setup, lifespan and what is left behind",
    setup: "greeting.txt is there",
    after: [{ file: "log.txt", contains: "closed" }],
    steps: [
      {
        request: { method: "GET", path: "/log" },
        client: { lifespan: true },
        expect: { json: { log: "opened" } },
        observed,
      },
      {
        request: { method: "GET", path: "/greeting" },
        client: { lifespan: true },
        expect: { json: { greeting: "hello" } },
        observed,
      },
    ],
  },
  {
    name: "no setup, no lifespan",
    steps: [{ request: { method: "GET", path: "/log" }, expect: { json: { log: null } }, observed }],
  },
  {
    name: "root path",
    steps: [
      { ...rooted("/api/v1"), client: { root_path: "/api/v1" } },
      rooted(""),
      {
        request: { method: "GET", path: "/openapi.json" },
        client: { root_path: "/api/v1" },
        expect: { json_at: [{ path: ["servers"], equals: [{ url: "/api/v1" }] }] },
      },
    ],
  },
  { name: "document", steps: [documentStep, titledStep] },
] satisfies RecordedCase[];

const steps = cases.map((one) => one.steps.length).reduce((sum, length) => sum + length);

function write(module: string, recorded: readonly object[] = cases) {
  const vector = {
    app: `docs_src/counter/${module}_py310.py`,
    cases: recorded.map((one) => ({ test: "tests/x.py", ...one })),
  };
  writeFileSync(join(vectors, `counter__${module}_py310.json`), JSON.stringify(vector));
}

interface Run {
  readonly code: number;
  readonly output: string;
}

function run(...words: string[]): Promise<Run> {
  const directories = ["--vectors", vectors, "--apps", join(root, "runner/fixtures/apps")];
  const command = ["--conditions=@apus/source", "--import", "tsx", join(root, "run.ts"), ...directories, ...words];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: root }, (error, stdout, stderr) => {
      resolve({
        code: error === null ? 0 : Number(error.code),
        output: words.includes("--json") ? stdout : stdout + stderr,
      });
    });
  });
}

beforeAll(() => {
  for (const module of ["right", "wrong", "broken", "unwritten"]) write(module);
});
afterAll(() => rmSync(vectors, { recursive: true }));

test("a right application passes, with the rule that it differs by, and the exit code is 0", async () => {
  const { code, output } = await run("counter/right");
  expect(output).toContain("D01-titles");
  expect(output).not.toContain("FAILED");
  expect(output.trimEnd().split("\n").at(-1)).toBe(`conformance: ${steps - 1} passed, 1 differing, 0 failed`);
  expect(code).toBe(0);
});

test("every step of a wrong application fails, and what came is shown", async () => {
  const { code, output } = await run("counter/wrong", "--verbose");
  expect(output.trimEnd().split("\n").at(-1)).toMatch(/^conformance: \d passed, 0 differing, \d+ failed$/);
  expect(output).toContain('body.place\n    - expected "nowhere"\n    + actual   "elsewhere"');
  expect(output).toContain('the application\'s module has to export "getStepOverride"');
  expect(output).toContain("the handler's error did not reach the test client");
  expect(output).toContain("expected after D01-titles");
  expect(code).toBe(1);
  const { output: text } = await run("counter/wrong", "--json");
  const result = JSON.parse(text) as { files: [{ steps: { name: string; request: string; verdict: string }[] }] };
  const passed = result.files[0].steps
    .filter((step) => step.verdict !== "failed")
    .map((step) => `${step.name}: ${step.request}`);
  expect(passed).toEqual([]);
});

test("an application that does not start fails with all its steps", async () => {
  const { code, output } = await run("counter/broken");
  expect(output).toContain("this application does not start");
  expect(output).toContain(`conformance: 0 passed, 0 differing, ${steps} failed`);
  expect(code).toBe(1);
});

test("vectors without an application are counted, and a name that means nothing is an error", async () => {
  const { output } = await run("counter/unwritten");
  expect(output).toContain("1 of 1 vector files have no application yet.");
  expect(output).toContain("conformance: 0 passed, 0 differing, 0 failed");
  const unknown = await run("count");
  expect(unknown.output).toContain("no vector file or folder is named count");
  expect(unknown.code).toBe(2);
});

test("what the runner cannot do is a failure: other applications, files that were not written", async () => {
  write("right", [
    { name: "socket", test: "x", steps: [{ ws: { op: "connect", id: 1, path: "/ws" }, expect: { accepted: true } }] },
    { name: "unopened", test: "x", steps: [{ ws: { op: "receive_text", id: 1 }, expect: { text: "a" } }] },
    { name: "after", test: "x", steps: [add(1)], after: [{ file: "log.txt", contains: "x" }] },
    { name: "other app", test: "x", app: "other", steps: [add(1)] },
    { name: "app_var", test: "x", app_var: "second_app", steps: [add(1)] },
  ]);
  const { code, output } = await run("counter/right").finally(() => write("right"));
  expect(output).toMatch(/WebSocket connect \/ws\n[^]*\+ actual {3}{"status":404,"json":{"detail":"Not Found"}}/);
  expect(output).toContain("the connection 1 was not opened");
  expect(output).toContain("log.txt was not written");
  expect(output).toContain("not supported: the case uses another application");
  expect(output).toContain('the application\'s module has to export "secondApp"');
  expect(output).toContain("conformance: 0 passed, 0 differing, 5 failed");
  expect(code).toBe(1);
});
