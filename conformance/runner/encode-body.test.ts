import { expect, test } from "vitest";
import { encodeBody } from "./encode-body.ts";

const request = { method: "POST", path: "/" };
const text = (bytes: Uint8Array | undefined) => (bytes === undefined ? undefined : new TextDecoder().decode(bytes));

test("JSON is compact and unescaped, null included", () => {
  const { bytes, contentType } = encodeBody({ ...request, json: { name: "é", list: [1, null] } });
  expect([text(bytes), contentType]).toEqual(['{"name":"é","list":[1,null]}', "application/json"]);
  expect(text(encodeBody({ ...request, json: null }).bytes)).toBe("null");
});

test("a form is urlencoded, repeated fields in order", () => {
  const { bytes, contentType } = encodeBody({
    ...request,
    form: [
      ["a", "x y"],
      ["b", "&"],
      ["a", "2"],
    ],
  });
  expect([text(bytes), contentType]).toEqual(["a=x+y&b=%26&a=2", "application/x-www-form-urlencoded"]);
});

test("files are sent as multipart/form-data with the text fields first", async () => {
  const { bytes, contentType } = encodeBody({
    ...request,
    form: [["token", "foo"]],
    files: [
      { field: "file", filename: 'a"b.txt', content_type: "text/plain", text: "<é>" },
      { field: "raw", filename: "raw", base64: "AP8=" },
    ],
  });
  const form = await new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { "content-type": String(contentType) },
  }).formData();
  expect([...form.keys()]).toEqual(["token", "file", "raw"]);
  expect(form.get("token")).toBe("foo");
  const [file, raw] = [form.get("file") as File, form.get("raw") as File];
  expect([file.name, file.type, await file.text()]).toEqual(['a"b.txt', "text/plain", "<é>"]);
  expect([raw.type, [...new Uint8Array(await raw.arrayBuffer())]]).toEqual(["application/octet-stream", [0, 255]]);
});

test("text and bytes are sent as they are, without a type", () => {
  expect(encodeBody({ ...request, body: "{broken" })).toEqual({
    bytes: Buffer.from("{broken"),
    contentType: undefined,
  });
  expect(encodeBody({ ...request, body_base64: "AP8=" })).toEqual({
    bytes: Buffer.from([0, 255]),
    contentType: undefined,
  });
  expect(encodeBody(request)).toEqual({ bytes: undefined, contentType: undefined });
});
