/** Files from clients: `createClient` sends them where it is given them, and `testClient` as a test says. */
import { App, body, file, form, post, request } from "apus";
import { createClient } from "apus/client";
import { testClient } from "apus/testing";
import { types } from "apus/types";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";

const routes = {
  profile: post(
    "/profiles/{id}",
    {
      input: {
        id: z.int(),
        avatar: types.upload(),
        photos: z.array(types.upload()).optional(),
        icon: file(types.bytes()),
        name: form(z.string()),
        tags: form(z.array(z.string()).default([])),
      },
    },
    async ({ id, avatar, photos = [], icon, name, tags }) => ({
      id,
      avatar: [avatar.name, avatar.type, await avatar.text()],
      photos: photos.map((each) => each.name),
      icon: [...icon],
      name,
      tags,
    }),
  ),
  optional: post(
    "/optional",
    { input: { f: types.upload().optional(), n: form(z.int()), request } },
    ({ f, n, request }) => [f?.size ?? null, n, request.headers.get("content-type")!.split(";")[0]!],
  ),
  stream: post("/stream", { input: { s: body(types.stream()), request } }, async ({ s, request }) => {
    let size = 0;
    for await (const piece of s) size += piece.byteLength;
    return [size, request.headers.get("content-type")];
  }),
};

const tested = () => {
  const client = testClient(new App().include(routes));
  onTestFinished(() => client.close());
  return client;
};
/** A typed client, for its values alone. */
const typed = () => createClient<typeof routes>({ baseUrl: "http://testserver", fetch: tested().fetch });
const valueOf = async (call: Promise<{ readonly ok: boolean }>): Promise<unknown> => {
  const answer = await call;
  return "value" in answer ? answer.value : answer;
};

const avatar = new File(["me"], "me.png", { type: "image/png" });
const photos = [new File(["1"], "1.jpg"), new File(["2"], "2.jpg")];

test("the typed client sends forms with files as multipart, others urlencoded", async () => {
  const api = typed();
  const all = { avatar, photos, icon: new Blob([new Uint8Array([1, 255])]), name: "Ada & Co", tags: ["a", "b"] };
  expect(await valueOf(api.post("/profiles/{id}", { path: { id: 5 }, form: all }))).toEqual({
    id: 5,
    avatar: ["me.png", "image/png", "me"],
    photos: ["1.jpg", "2.jpg"],
    icon: [1, 255],
    name: "Ada & Co",
    tags: ["a", "b"],
  });
  expect(
    await valueOf(api.post("/profiles/{id}", { path: { id: 5 }, form: { avatar, icon: "hi", name: "n" } })),
  ).toMatchObject({
    photos: [],
    icon: [104, 105],
    tags: [],
  });
  expect(await valueOf(api.post("/optional", { form: { n: 1 } }))).toEqual([
    null,
    1,
    "application/x-www-form-urlencoded",
  ]);
  expect(await valueOf(api.post("/optional", { form: { n: 1, f: new Blob(["abc"]) } }))).toEqual([
    3,
    1,
    "multipart/form-data",
  ]);
});

test("the typed client sends blobs, bytes and streams as they are", async () => {
  const api = typed();
  const pieces = (): ReadableStream<Uint8Array> =>
    new ReadableStream({
      start(controller) {
        for (const each of ["ab", "cde"]) controller.enqueue(new TextEncoder().encode(each));
        controller.close();
      },
    });
  expect(await valueOf(api.post("/stream", { body: new Uint8Array(3) }))).toEqual([3, "application/octet-stream"]);
  expect(await valueOf(api.post("/stream", { body: new Blob(["ab"], { type: "text/plain" }) }))).toEqual([
    2,
    "text/plain",
  ]);
  expect(await valueOf(api.post("/stream", { body: pieces() }))).toEqual([5, "application/octet-stream"]);
});

test("the test client sends files by name, with a form beside them", async () => {
  const client = tested();
  const response = await client.post("/profiles/1", {
    files: { avatar: ["me.txt", "hello", "text/plain"], photos, icon: new Blob(["x"]) },
    form: { name: "Ada", tags: ["a", "b"] },
  });
  expect(response.json()).toEqual({
    id: 1,
    avatar: ["me.txt", "text/plain", "hello"],
    photos: ["1.jpg", "2.jpg"],
    icon: [120],
    name: "Ada",
    tags: ["a", "b"],
  });
  const several = {
    avatar,
    icon: [["a", new Uint8Array([7])]] as const,
    photos: [["x.jpg", "1"], photos[0]!] as const,
  };
  expect((await client.post("/profiles/1", { files: several, form: { name: "Ada" } })).json()).toMatchObject({
    photos: ["x.jpg", "1.jpg"],
    icon: [7],
  });
});

test("the test client sends content alone as httpx does, and a form of any fields is read as a record", async () => {
  const all = post("/all", { input: { all: form(z.looseObject({})) } }, ({ all }) =>
    Promise.all(
      Object.entries(all).map(async ([name, value]) =>
        value instanceof File ? [name, value.name, value.type, await value.text()] : [name, value],
      ),
    ),
  );
  const client = testClient(new App().include({ all }));
  onTestFinished(() => client.close());
  const files = { text: "hello", bytes: new Uint8Array([65]), blob: new Blob(["x"], { type: "image/png" }) };
  expect((await client.post("/all", { form: { a: ["1", "2"], b: "" }, files })).json()).toEqual([
    ["a", ["1", "2"]],
    ["b", ""],
    ["text", "upload", "application/octet-stream", "hello"],
    ["bytes", "upload", "application/octet-stream", "A"],
    ["blob", "blob", "image/png", "x"],
  ]);
});

test.each<[string, object, RegExp]>([
  ["files and JSON", { files: { f: avatar }, json: 1 }, /has json and files; give at most one/],
  ["files and a body", { files: { f: avatar }, body: "x" }, /has files and body/],
  ["no files by name", { files: [avatar] }, /are files by name/],
  [
    "a record for a file",
    { files: { f: { name: "a" } } },
    /the file "f" is none; give a File, its content, or its name/,
  ],
  ["a file without content", { files: { f: ["name"] } }, /the file "f" is none/],
  ["a number in a list", { files: { f: [1] } }, /the file "f" is none/],
])("the test client refuses %s", async (_, init, message) => {
  await expect(tested().post("/optional", init)).rejects.toThrow(message);
});
