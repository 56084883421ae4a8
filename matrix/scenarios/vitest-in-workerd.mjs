// Stands in for `vitest` inside of workerd, where vitest itself cannot be: its own runner and its own assertions, without its
// servers, its workers and its reporters. What the scenarios of packages/apus/test use is here, and nothing else.
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  getState,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from "@vitest/expect";
import { getCurrentTest, startTests } from "@vitest/runner";
import { fn, restoreAllMocks, spyOn } from "@vitest/spy";
import * as chai from "chai";

export {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  it,
  onTestFailed,
  onTestFinished,
  test,
} from "@vitest/runner";

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

/** @type {any} Its type is put together by plugins of chai. */
export const expect = (/** @type {unknown} */ value, /** @type {string | undefined} */ message) => {
  const assertion = /** @type {any} */ (chai.expect(value, message));
  const test = getCurrentTest();
  return test === undefined ? assertion : assertion.withTest(test);
};
Object.assign(expect, chai.expect, /** @type {any} */ (globalThis)[ASYMMETRIC_MATCHERS_OBJECT]);
expect.extend = (/** @type {object} */ matchers) => /** @type {any} */ (chai.expect).extend(expect, matchers);
expect.poll = (/** @type {() => unknown} */ look) => polled(look);
expect.getState = () => getState(expect);
expect.setState = (/** @type {object} */ state) => setState(state, expect);
/** @type {any} */ (globalThis)[GLOBAL_EXPECT] = expect;

/**
 * Any expectation of what `look` gives, asked again until it holds or a second has passed.
 *
 * @param {() => unknown} look
 */
function polled(look) {
  return new Proxy(
    {},
    {
      get:
        (_, name) =>
        async (/** @type {unknown[]} */ ...args) => {
          const end = performance.now() + 1_000;
          for (;;) {
            try {
              return expect(await look())[name](...args);
            } catch (error) {
              if (performance.now() > end) throw error;
            }
            await new Promise((resolve) => void setTimeout(resolve, 10));
          }
        },
    },
  );
}

/** Compilers judge types; at run time an expectation of one holds, however it goes on. */
/** @type {any} */
const holds = new Proxy(() => holds, { get: () => holds });
export const expectTypeOf = holds;

const stubbed = new Map();

/** As much of vitest's `vi` as scenarios use. */
export const vi = {
  fn,
  spyOn,
  restoreAllMocks,
  stubGlobal(/** @type {string} */ name, /** @type {unknown} */ value) {
    const globals = /** @type {Record<string, unknown>} */ (globalThis);
    if (!stubbed.has(name)) stubbed.set(name, globals[name]);
    globals[name] = value;
  },
  unstubAllGlobals() {
    for (const [name, value] of stubbed) /** @type {Record<string, unknown>} */ (globalThis)[name] = value;
    stubbed.clear();
  },
};

/**
 * Runs the tests of one module.
 *
 * @param {string} name Of the file.
 * @param {() => Promise<unknown>} load Imports it, which declares its tests.
 * @param {RegExp} pattern What the names of the tests to run match.
 * @returns {Promise<{ passed: number, skipped: number, failed: { name: string, message: string }[] }>}
 */
export async function runTests(name, load, pattern) {
  const config = {
    root: "/",
    setupFiles: [],
    name: undefined,
    passWithNoTests: true,
    testNamePattern: pattern,
    allowOnly: false,
    sequence: { seed: 0, hooks: "stack", setupFiles: "list" },
    chaiConfig: undefined,
    maxConcurrency: 1,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    retry: 0,
    includeTaskLocation: false,
    tags: [],
    tagsFilter: undefined,
    strictTags: false,
  };
  /** @type {any} The runner asks for more of its configuration than its type says is needed here. */
  const runner = {
    config,
    importFile: load,
    onBeforeTryTask(/** @type {import("@vitest/runner").Test} */ test) {
      setState({ assertionCalls: 0, currentTestName: fullName(test) }, expect);
    },
  };
  const [file] = await startTests([`/${name}`], runner);
  const all = file === undefined ? [] : testsOf(file);
  const problem = file?.result?.errors?.[0];
  return {
    passed: all.filter((test) => test.result?.state === "pass").length,
    skipped: all.filter((test) => test.mode !== "run").length,
    failed: [
      ...(problem === undefined ? [] : [{ name: "the file itself", message: told(problem) }]),
      ...all
        .filter((test) => test.result?.state === "fail")
        .map((test) => ({ name: fullName(test), message: told(test.result?.errors?.[0]) })),
    ],
  };
}

/**
 * @param {import("@vitest/runner").Suite} suite
 * @returns {import("@vitest/runner").Test[]}
 */
function testsOf(suite) {
  return suite.tasks.flatMap((task) => (task.type === "suite" ? testsOf(task) : [task]));
}

/** @param {import("@vitest/runner").Test} test */
function fullName(test) {
  const names = [test.name];
  for (let suite = test.suite; suite !== undefined && suite.name !== ""; suite = suite.suite) names.unshift(suite.name);
  return names.join(" > ");
}

/** @param {{ stack?: string | undefined, message?: string, diff?: string } | undefined} error */
function told(error) {
  return [error?.stack ?? error?.message ?? "no error was kept", error?.diff].filter(Boolean).join("\n");
}
