// The documentation pages as replies of handlers: `apus/docs`, with the files of Swagger UI and ReDoc from another server.
import { App, get, router, type Reply } from "apus";
import { redocHtml, swaggerUiHtml, swaggerUiOauth2RedirectHtml } from "apus/docs";
import { testClient } from "apus/testing";
import { describe, expect, test } from "vitest";
import { inBrowser, testBrowser } from "../browser.ts";
import { authorizationServer } from "./authorization-server.ts";
import { fileAddress, served, shop } from "./shop.ts";

const browser = testBrowser();

const swaggerUi = {
  openapiUrl: "./openapi.json",
  title: "Own - Swagger UI",
  swaggerJsUrl: "https://cdn.example/swagger-ui@5/bundle.js",
  swaggerCssUrl: "./static/swagger-ui.css",
};
const redoc = { openapiUrl: "./openapi.json", title: "Own - ReDoc", redocJsUrl: "//cdn.example/redoc@2/redoc.js" };

function page(path: string, reply: () => Reply): ReturnType<typeof router> {
  return router({ page: get(path, { includeInSchema: false }, reply) });
}

async function answered(reply: () => Reply): Promise<{ policy: Record<string, string[]>; text: string; type: string }> {
  const answer = await testClient(new App().include(page("/page", reply))).get("/page");
  const directives = (answer.headers.get("content-security-policy") ?? "").split("; ");
  const policy = directives.map((each) => each.split(" ")).map(([name = "", ...sources]) => [name, sources]);
  return {
    policy: Object.fromEntries(policy) as Record<string, string[]>,
    text: answer.text,
    type: answer.headers.get("content-type") ?? "",
  };
}

const digest: unknown = expect.stringMatching(/^'sha256-[\w+/]{43}='$/);

describe("the policy lets in", () => {
  test("the files of Swagger UI that are named, and what else the page may reach", async () => {
    const { policy, text, type } = await answered(() =>
      swaggerUiHtml({
        ...swaggerUi,
        openapiUrl: "https://api.example/openapi.json",
        swaggerFaviconUrl: "https://pictures.example/icon.png?size=32",
        connectTo: ["https://login.example/token", "/here"],
        swaggerUiParameters: { deepLinking: false },
        initOauth: { clientId: "own" },
      }),
    );
    expect(type).toBe("text/html; charset=utf-8");
    expect(policy).toMatchObject({
      "default-src": ["'none'"],
      "script-src": ["https://cdn.example/swagger-ui@5/bundle.js", digest],
      "style-src": ["'self'", digest],
      "img-src": ["'self'", "data:", "blob:", "https://pictures.example/icon.png"],
      "connect-src": ["'self'", "https://api.example", "https://login.example"],
      "frame-ancestors": ["'none'"],
    });
    for (const part of ["<title>Own - Swagger UI</title>", '"deepLinking": false', '"clientId": "own"']) {
      expect(text).toContain(part);
    }
  });

  test("the file of ReDoc that is named, and Google's fonts only when they are asked for", async () => {
    const { policy, text } = await answered(() => redocHtml(redoc));
    expect(policy).toMatchObject({ "script-src": ["cdn.example/redoc@2/redoc.js", digest], "connect-src": ["'self'"] });
    expect(policy["font-src"]).toBe(undefined);
    expect(text).not.toMatch(/googleapis/);
    const withFonts = await answered(() => redocHtml({ ...redoc, withGoogleFonts: true }));
    expect(withFonts.policy["font-src"]).toEqual(["https://fonts.gstatic.com"]);
    expect(withFonts.policy["style-src"]).toContain("https://fonts.googleapis.com/css");
    expect(withFonts.text).toContain('href="https://fonts.googleapis.com/css?family=Montserrat');
  });

  test("the redirect page's own script alone", async () => {
    const { policy } = await answered(() => swaggerUiOauth2RedirectHtml());
    expect(policy).toEqual({
      "default-src": ["'none'"],
      "script-src": [digest],
      "base-uri": ["'none'"],
      "form-action": ["'none'"],
      "frame-ancestors": ["'none'"],
    });
  });
});

test.each([
  [() => swaggerUiHtml({ ...swaggerUi, swaggerJsUrl: "data:text/javascript,1" }), "swaggerJsUrl is "],
  [() => swaggerUiHtml({ ...swaggerUi, swaggerCssUrl: "" }), "swaggerCssUrl is "],
  [() => swaggerUiHtml({ ...swaggerUi, swaggerFaviconUrl: "javascript:1" }), "swaggerFaviconUrl is "],
  [() => swaggerUiHtml({ ...swaggerUi, swaggerUiParameters: { onComplete: () => {} } }), "Swagger UI's setting"],
  [() => redocHtml({ ...redoc, redocJsUrl: "https://" }), "redocJsUrl is "],
  [() => redocHtml({ ...redoc, redocFaviconUrl: "blob:x" }), "redocFaviconUrl is "],
])("%s is refused", (make, message) => {
  expect(make).toThrow(`APUS_DOCUMENTATION: ${message}`);
});

describe("in a browser, with the files of another origin", () => {
  test("Swagger UI shows the document and signs in through the redirect page", inBrowser, async () => {
    const files = await served(new App({ title: "Files" }));
    const login = await authorizationServer();
    const reply = {
      ...swaggerUi,
      swaggerJsUrl: await fileAddress(`${files.url}/docs`, "bundle.js"),
      swaggerCssUrl: await fileAddress(`${files.url}/docs`, "swagger-ui.css"),
      oauth2RedirectUrl: "./own-redirect",
      connectTo: [login.origin],
      initOauth: { clientId: "own", usePkceWithAuthorizationCodeGrant: true },
    };
    const app = shop({ docsUrl: null }, login.origin)
      .include(page("/own", () => swaggerUiHtml(reply)))
      .include(
        router({ redirect: get("/own-redirect", { includeInSchema: false }, () => swaggerUiOauth2RedirectHtml()) }),
      );
    const { url } = await served(app);
    const own = await browser.open(`${url}/own`);
    await own.click("#operations-who-get_who_code .authorization__btn");
    await own.click(".modal-btn.authorize");
    const popup = await own.popup();
    await popup.click("a", "Allow");
    await popup.untilClosed();
    await own.see(".modal-btn", "Logout");
    expect(login.exchanges).toEqual([{ redirectUri: `${url}/own-redirect`, verified: true }]);
    expect([...own.problems, ...popup.problems]).toEqual([]);
    expect(own.origins).toEqual([files.url, login.origin, url].toSorted());
  });

  test("ReDoc shows the document", inBrowser, async () => {
    const files = await served(new App({ title: "Files" }));
    const redocJsUrl = await fileAddress(`${files.url}/redoc`, "redoc.standalone.js");
    const { url } = await served(
      shop({ redocUrl: null }).include(page("/own", () => redocHtml({ ...redoc, redocJsUrl }))),
    );
    const own = await browser.open(`${url}/own`);
    await own.see("h2", "Read an item");
    expect(own.problems).toEqual([]);
    expect(own.origins).toEqual([files.url, url].toSorted());
  });
});
