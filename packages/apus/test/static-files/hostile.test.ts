/** Paths that try to leave a directory, or to reach in it what is hidden: none of them does, however it is written. */
import { App, frontend, get, path, sendFile, staticFiles } from "apus";
import { nodeHost } from "apus/server";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";
import { tree } from "./tree.ts";

/** What no path may be answered with. */
const secrets = /outside|SECRET|\[core\]|sibling|root:/;

const up = ["..", "%2e%2e", "%2E.", "%252e%252e", "..;", "..%00", "%c0%ae%c0%ae", "．．"];
const slashes = ["/", "%2f", "%5c", "\\", "//", "/./", "%252f", "∕"];

const climbs = up.flatMap((dots) =>
  slashes.flatMap((slash) => [
    `${dots}${slash}out${slash}secret.txt`,
    `${dots}${slash}distx${slash}sibling.txt`,
    `assets${slash}${dots}${slash}${dots}${slash}out${slash}secret.txt`,
  ]),
);

const others = [
  "link-out.txt",
  "dir-out",
  "dir-out/",
  "dir-out/secret.txt",
  "dir-out/index.html",
  "dir-in/../../out/secret.txt",
  "passwd",
  "/etc/passwd",
  "//etc/passwd",
  "%2fetc%2fpasswd",
  "file:///etc/passwd",
  "file:%2f%2f/etc/passwd",
  "c:/windows/win.ini",
  "C:%5cwindows%5cwin.ini",
  "%5c%5cserver%5cshare%5ca",
  "~root/.bashrc",
  ".env",
  "%2eenv",
  "%2Eenv",
  ".ENV",
  ".env/",
  ".env%20",
  ".env.",
  ".env%00.txt",
  ".env::$DATA",
  "assets/../.env",
  "./.env",
  "%2e/.env",
  ".git/config",
  ".git",
  "%2egit/config",
  ".git//config",
  ".well-known/../.env",
  ".well-known/%2e%2e/.env",
  "..",
  "%2e%2e",
  "%2e%2e/",
  "sample.txt/../../out/secret.txt",
  "sample.txt%00.html",
  "sample.txt%00",
  "con",
  "nul.txt",
  "aux",
  "%ff%fe",
  "%",
  "%zz",
];

/** What can stand in a request line: everything else is written as escapes, which is how it would arrive. */
const sendable = (target: string): string => encodeURI(target).replaceAll(/%25(?=[\da-f]{2}|u|zz|$)/gi, "%");

function appOf(): App {
  const directory = `${tree()}/dist`;
  const app = new App();
  app.host = nodeHost;
  app.mount("/static", staticFiles(directory));
  app.mount("/html", staticFiles(directory, { html: true }));
  app.include({
    ui: frontend("/ui", { directory, fallback: null }),
    file: get("/file/{name:path}", { input: { name: path(z.string()) } }, ({ name }) =>
      sendFile(name, { root: directory }),
    ),
  });
  return app;
}

scenarios("Hostile paths", (ask) => {
  test.each(["/static/", "/html/", "/ui/", "/file/"])("below %s", async (prefix) => {
    const app = appOf();
    expect((await ask(app, `GET ${prefix}sample.txt`)).text).toBe("0123456789abcdef");
    // A web Request resolves dots, and turns backslashes round: that is another request.
    if (!ask.raw) return;
    expect(climbs.length + others.length).toBeGreaterThan(230);
    for (const each of [...climbs, ...others]) {
      const target = prefix + sendable(each);
      const { status, text } = await ask(app, `GET ${target}`);
      expect([target, status === 400 || status === 404, secrets.test(text)]).toEqual([target, true, false]);
    }
  });
});

test("a web Request that was tidied by the platform leads nowhere either", async () => {
  const app = appOf();
  for (const prefix of ["/static/", "/html/", "/ui/", "/file/"]) {
    for (const each of [...climbs, ...others]) {
      const response = await app.fetch(new Request(`http://testserver${prefix}${each}`));
      expect([prefix + each, secrets.test(await response.text())]).toEqual([prefix + each, false]);
    }
  }
});
