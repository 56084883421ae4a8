// What the start refuses of streams, and what it does not.
import { App, depends, events, get, html, jsonLines, stream, type Dependency } from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";

const session = depends(function* () { yield "session"; }, { scope: "function", name: "session" }); // prettier-ignore
const currentUser = depends({ session }, ({ session }) => `user of ${session}`);
const generator = function* (): Generator<string> {
  yield "a";
};
const schema = z.object({ name: z.string() });

const started = (options: object, handler: unknown = generator): Promise<unknown> =>
  testClient(new App().include({ read: get("/", options as { output: ReturnType<typeof jsonLines> }, handler as () => string[]) })).start(); // prettier-ignore

test.each<[string, object, RegExp]>([
  ["a generator that says nothing", {}, /^APUS_GENERATOR: GET \/ \(read\): .*`output: events\(\)`/],
  ["a generator with a schema of one value", { output: z.string() }, /^APUS_GENERATOR/],
  ["a generator with a kind that is none of streams", { as: html }, /^APUS_GENERATOR/],
  ["two ways to write", { output: events(), as: stream }, /^APUS_OUTPUT: .*keep one/],
  ["a selection without a schema", { output: events(), excludeUnset: true }, /^APUS_OUTPUT: .*need `output` with a schema/],
  ["a selection of what is not there", { output: jsonLines(schema), only: ["nmae"] }, /^APUS_SELECTION: .*nmae/],
  ["items of no schema", { output: events({} as never) }, /^APUS_OUTPUT: .*has to be a schema/],
  ["items that cannot be written", { output: jsonLines(z.string().transform(Number)) }, /^APUS_ONE_WAY_TRANSFORM: GET \/ \(read\)/],
  ["a status without a body", { output: jsonLines(), status: 204 }, /^APUS_OUTPUT: .*must not have a response body/],
  ["events of a function-scoped generator", { output: events(), input: { session } }, /^APUS_SCOPE: GET \/ \(read\): "session" has scope "function".*Give it the scope "request"/],
  ["lines of one", { output: jsonLines(), input: { s: session } }, /^APUS_SCOPE: GET \/ \(read\): "s"/],
  ["a body of one", { as: stream({ type: "a/b" }), input: { session } }, /^APUS_SCOPE/],
])("%s", async (_, options, message) => {
  await expect(started(options)).rejects.toThrow(message);
}); // prettier-ignore

test("an async generator too", async () => {
  await expect(started({}, async function* () {})).rejects.toThrow(/^APUS_GENERATOR/);
});

test.each<[string, Record<string, Dependency>, readonly Dependency[]]>([
  ["a value that was made of one", { currentUser }, []],
  ["one as a guard, whose value nobody has", {}, [session]],
])("%s is fine", async (_, input, dependencies) => {
  await expect(started({ output: events(), input, dependencies })).resolves.toBeDefined();
});

test.each<[string, () => unknown, RegExp]>([
  ["a type that is none", () => stream({ type: "png" }), /^APUS_STREAM: stream\(\{ type \}\) takes a media type/],
  ["no type", () => stream({} as never), /^APUS_STREAM/],
  ["FastAPI's name of the type", () => stream({ media_type: "a/b" } as never), /`media_type`; did you mean `type`\?$/],
  ["the name that kinds have", () => stream({ mediaType: "a/b" } as never), /`mediaType`; did you mean `type`\?$/],
  ["a number", () => stream(5 as never), /^APUS_STREAM: a stream is made of a number/],
  ["nothing", () => stream({ type: "a/b" })(undefined as never), /^APUS_STREAM: a stream is made of undefined/],
  ["an option of events", () => events(schema, { keepalive: 5 } as never), /did you mean `keepAlive`/],
])("declared with %s", (_, declare, message) => {
  expect(declare).toThrow(message);
});
