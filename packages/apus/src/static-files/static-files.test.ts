import { expect, test } from "vitest";
import { HTTPException } from "../error/index.ts";
import { Exchange, FileForbiddenError, WebIncoming } from "../exchange/index.ts";
import { isStaticFiles, staticFiles } from "./static-files.ts";

test("what the machine does not let the server read is 401, as in FastAPI", async () => {
  const exchange = new Exchange(new WebIncoming(new Request("http://testserver/a.txt")));
  const file = (): Promise<never> => Promise.reject(new FileForbiddenError("EACCES: permission denied"));
  const asset = (): Promise<never> => Promise.reject(new Error("There is none"));
  exchange.site = {
    rootPath: "",
    forwarded: () => undefined,
    host: () => ({ asset, file }),
    pathFor: () => "/",
  };
  const files: unknown = staticFiles("secret");
  if (!isStaticFiles(files)) throw new Error("No files");
  const failed = await files.answer(exchange).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(HTTPException);
  expect((failed as HTTPException).status).toBe(401);
});

test.each([undefined, "static", { directory: "static" }, new URL("file:///static")])(
  "%s is no directory to mount",
  (value) => {
    expect(isStaticFiles(value)).toBe(false);
  },
);
