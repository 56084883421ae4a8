// Files and streams for the type checker: what handlers get and what clients send.
import { body, file, form, post, type Upload } from "apus";
import { types } from "apus/types";
import { z } from "zod";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};

const routes = {
  files: post(
    "/",
    {
      input: {
        one: types.upload(),
        many: z.array(types.upload()).optional(),
        maybe: types.upload().nullable().default(null),
        content: file(types.bytes()),
        zod: z.file(),
        n: form(z.int()),
      },
    },
    (given) => {
      same<typeof given.one, Upload>(true);
      same<typeof given.many, Upload[] | undefined>(true);
      same<typeof given.maybe, Upload | null>(true);
      same<typeof given.content, Uint8Array>(true);
      same<typeof given.zod, File>(true);
      return 1;
    },
  ),
  model: post("/model", { input: { m: form(z.object({ avatar: types.upload().optional() })) } }, ({ m }) => {
    same<typeof m, { avatar?: Upload | undefined }>(true);
    return 1;
  }),
  stream: post("/stream", { input: { s: body(types.stream()) } }, ({ s }) => {
    same<typeof s, AsyncIterable<Uint8Array>>(true);
    return 1;
  }),
};

type Sent<K extends keyof typeof routes> = NonNullable<(typeof routes)[K]["~types"]>["sends"];

same<
  Sent<"files">["form"],
  {
    one: Blob;
    content: string | Blob;
    zod: File;
    n: number;
    many?: Blob[] | undefined;
    maybe?: Blob | null | undefined;
  }
>(true);
same<NonNullable<Sent<"model">["form"]>, { avatar?: Blob | undefined }>(true);
same<Sent<"stream">["body"], Blob | Uint8Array | ReadableStream<Uint8Array>>(true);
