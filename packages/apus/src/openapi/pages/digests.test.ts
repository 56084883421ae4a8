import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { digests } from "./digests.ts";
import { docsPageScript } from "./docs-page-script.ts";
import { oauth2RedirectScript } from "./oauth2-redirect-script.ts";
import { docsPageStyle, redocPageStyle } from "./page-styles.ts";
import { redocPageScript } from "./redoc-page-script.ts";

test("the digests are those of the texts", () => {
  const texts = { docsPageScript, docsPageStyle, redocPageScript, redocPageStyle, oauth2RedirectScript };
  const computed = Object.entries(texts).map(([name, text]) => {
    const digest = createHash("sha256").update(text).digest("base64");
    return [name, `'sha256-${digest}'`];
  });
  expect(digests).toEqual(Object.fromEntries(computed));
});
