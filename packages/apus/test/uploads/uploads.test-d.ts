/** Files and streams for the type checker: what handlers get and what clients send. */
import { body, file, form, post, type Upload } from "apus";
import { types } from "apus/types";
import { expectTypeOf, test } from "vitest";
import { z } from "zod";

test("what a handler gets", () => {
  post(
    "/",
    {
      input: {
        one: types.upload(),
        many: z.array(types.upload()),
        maybe: types.upload().nullable().default(null),
        content: file(types.bytes()),
        zod: z.file(),
        form: form(z.object({ avatar: types.upload().optional() })),
      },
    },
    (given) => {
      expectTypeOf(given).toEqualTypeOf<{
        one: Upload;
        many: Upload[];
        maybe: Upload | null;
        content: Uint8Array;
        zod: File;
        form: { avatar?: Upload | undefined };
      }>();
    },
  );
  post("/", { input: { s: body(types.stream()) } }, ({ s }) => {
    expectTypeOf(s).toEqualTypeOf<AsyncIterable<Uint8Array>>();
  });
});

test("what a client sends", () => {
  const routes = {
    files: post(
      "/",
      {
        input: {
          one: types.upload(),
          many: z.array(types.upload()).optional(),
          content: file(types.bytes()),
          n: form(z.int()),
        },
      },
      () => 1,
    ),
    model: post("/model", { input: { m: form(z.object({ avatar: types.upload() })) } }, () => 1),
    stream: post("/stream", { input: { s: body(types.stream()) } }, () => 1),
  };
  type Sent<K extends keyof typeof routes> = NonNullable<(typeof routes)[K]["~types"]>["sends"];
  expectTypeOf<Sent<"files">["form"]>().toEqualTypeOf<{
    one: Blob;
    many?: Blob[] | undefined;
    content: string | Blob;
    n: number;
  }>();
  expectTypeOf<Sent<"model">["form"]>().toEqualTypeOf<{ avatar: Blob }>();
  expectTypeOf<Sent<"stream">["body"]>().toEqualTypeOf<Blob | Uint8Array | ReadableStream<Uint8Array>>();
});
