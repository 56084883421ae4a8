// Signing in on the page of Swagger UI by every kind of scheme, and trying operations out with what was got by it.
import type { App } from "apus";
import { describe, expect, test } from "vitest";
import { inBrowser, testBrowser, type Page } from "../browser.ts";
import { authorizationServer } from "./authorization-server.ts";
import { secret, served, shop } from "./shop.ts";

const browser = testBrowser();

async function opened(app: App): Promise<Page> {
  const { url } = await served(app);
  const page = await browser.open(`${url}/docs`);
  await page.see(".opblock");
  return page;
}

/** Opens the dialog of one operation's schemes. */
async function openDialog(page: Page, operation: string): Promise<void> {
  await page.click(`${operation} .authorization__btn`);
  await page.see(".modal-ux");
}

/** Runs an operation as it stands, or with what `fill` writes into its fields, and gives the status and the body that the page shows. */
async function tryOut(page: Page, operation: string, fill?: () => Promise<void>): Promise<[string, unknown]> {
  await page.click(`${operation} .opblock-summary-control`);
  await page.click(`${operation} .try-out__btn`);
  await fill?.();
  await page.click(`${operation} .execute`);
  const response = `${operation} .live-responses-table .response`;
  await page.see(`${response} .highlight-code`);
  const [status = ""] = await page.texts(`${response} .response-col_status`);
  const [body = ""] = await page.texts(`${response} .highlight-code code`);
  return [status, JSON.parse(body)];
}

const who = (scheme: string): string => `#operations-who-get_who_${scheme}`;
const value = '.auth-container input:not([type="checkbox"])';

describe("a key or a name and password that the dialog asks for", () => {
  test.each([
    ["header", { [value]: secret }, secret],
    ["query", { [value]: secret }, secret],
    ["cookie", { [value]: secret.replace(" ", "-") }, secret.replace(" ", "-")],
    [
      "basic",
      { '.auth-container input[name="username"]': "ada", '.auth-container input[name="password"]': secret },
      { username: "ada", password: secret },
    ],
    ["bearer", { [value]: secret }, { scheme: "Bearer", credentials: secret }],
  ])("%s", inBrowser, async (scheme, fields, shown) => {
    const page = await opened(shop());
    await openDialog(page, who(scheme));
    for (const [field, text] of Object.entries(fields)) await page.type(field, text);
    await page.click(".modal-btn.authorize");
    await page.see(".modal-btn", "Logout");
    await page.click(".close-modal");
    expect(await tryOut(page, who(scheme))).toEqual(["200", { shown }]);
    expect(page.problems).toEqual([]);
  });
});

test("a key in a cookie is gone after logging out", inBrowser, async () => {
  const page = await opened(shop());
  await openDialog(page, who("cookie"));
  await page.type(value, "k1");
  await page.click(".modal-btn.authorize");
  await page.see(".modal-btn", "Logout");
  expect(await page.cookies()).toEqual({ key: "k1" });
  await page.click(".modal-btn", "Logout");
  await page.see(value);
  expect(await page.cookies()).toEqual({});
  expect(page.problems).toEqual([]);
});

describe("the password flow", () => {
  test("a token is got from the app, and an operation with a parameter and a body gets it", inBrowser, async () => {
    const page = await opened(shop());
    await page.click(".btn.authorize");
    await page.type("#oauth_username", "ada");
    await page.type("#oauth_password", secret);
    await page.click('label[for^="buy-password-checkbox"]');
    await page.click(".auth-container:has(#oauth_username) .modal-btn.authorize");
    await page.see(".modal-btn", "Logout");
    await page.click(".close-modal");
    const operation = "#operations-items-putItem";
    const answer = await tryOut(page, operation, async () => {
      await page.type(`${operation} .parameters input`, "12");
      await page.type(`${operation} .body-param__text`, '{"name": "lamp", "price": 12.5}');
    });
    expect(answer).toEqual(["200", { name: "lamp", price: 12.5, tags: ["token of ada"] }]);
    const token = page.requests.find(({ url }) => url.endsWith("/token"));
    expect(Object.fromEntries(new URLSearchParams(token?.body))).toMatchObject({
      grant_type: "password",
      username: "ada",
      password: secret,
      scope: "buy",
    });
    expect(page.problems).toEqual([]);
  });

  test("a wrong password is told in the dialog", inBrowser, async () => {
    const page = await opened(shop());
    await openDialog(page, who("password"));
    await page.type("#oauth_username", "ada");
    await page.type("#oauth_password", "wrong");
    await page.click(".modal-btn.authorize");
    await page.see(".modal-ux .errors");
    expect(await page.texts(".modal-ux .errors")).toEqual([expect.stringContaining("Auth Error")]);
    expect(page.violations).toEqual([]);
  });
});

describe("the authorization-code flow at another origin", () => {
  const codeDialog = ".auth-container:has(#client_id_authorizationCode)";
  const initOauth = { clientId: "docs", scopes: "read", usePkceWithAuthorizationCodeGrant: true };

  test("the code comes back through the redirect page and becomes a token, with PKCE", inBrowser, async () => {
    const server = await authorizationServer();
    const page = await opened(shop({ swaggerUiInitOauth: initOauth }, server.origin));
    await page.click(".btn.authorize");
    await page.see(codeDialog);
    // what `initOauth` says stands in the dialog
    expect(await page.evaluate('document.querySelector("#client_id_authorizationCode").value')).toBe("docs");
    expect(await page.evaluate('document.querySelector("[id^=read-authorizationCode-checkbox]").checked')).toBe(true);
    await page.click(`${codeDialog} .modal-btn.authorize`);
    const popup = await page.popup();
    await popup.click("a", "Allow");
    await popup.untilClosed();
    await page.see(".modal-btn", "Logout");
    await page.click(".close-modal");
    expect(await tryOut(page, who("code"))).toEqual(["200", { shown: "token for 16 digits" }]);
    const origin = await page.evaluate<string>("location.origin");
    expect(server.exchanges).toEqual([{ redirectUri: `${origin}/docs/oauth2-redirect`, verified: true }]);
    expect([...page.problems, ...popup.problems]).toEqual([]);
    expect(page.origins).toEqual([origin, server.origin].toSorted());
  });

  test("an answer with another state is refused, and no code is sent anywhere", inBrowser, async () => {
    const server = await authorizationServer(() => "forged");
    const page = await opened(shop({ swaggerUiInitOauth: initOauth }, server.origin));
    await openDialog(page, who("code"));
    await page.click(".modal-btn.authorize");
    const popup = await page.popup();
    await popup.click("a", "Allow");
    await popup.untilClosed();
    await page.see(".modal-ux .errors");
    expect(await page.texts(".modal-ux .errors")).toEqual([expect.stringContaining("its state is another one")]);
    expect(server.exchanges).toEqual([]);
    expect(page.problems).toEqual([]);
  });

  test("the redirect page by itself says where it belongs", inBrowser, async () => {
    const { url } = await served(shop());
    const page = await browser.open(`${url}/docs/oauth2-redirect?code=1&state=2`);
    expect(await page.texts("body")).toEqual(["Open this page by signing in on the documentation page."]);
    expect(page.problems).toEqual([]);
  });
});
