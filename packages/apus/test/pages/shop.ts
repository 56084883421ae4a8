// A shop whose operations stand behind every kind of scheme, for the pages to sign in to and to try out.
import { App, get, HTTPException, post, put, router, type AppOptions, type Dependency } from "apus";
import {
  apiKeyCookie,
  apiKeyHeader,
  apiKeyQuery,
  httpBasic,
  httpBearer,
  oauth2AuthorizationCode,
  oauth2Password,
  passwordForm,
} from "apus/security";
import type { Serving } from "apus/server";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { serve } from "../serve.ts";

const Item = z
  .object({
    name: z.string().meta({ description: "What it is **called**.", examples: ["lamp"] }),
    price: z.number().positive(),
    tags: z.array(z.string()).default([]),
  })
  .meta({ id: "Item", description: "Something to buy." });

/** What every scheme takes as its token, key or password. */
export const secret = "open sesame";

const description = `A *shop* with [everything](https://shop.example/).

# Prices

| what | price |
| ---- | ----: |
| lamp |    12 |

\`\`\`json
{ "name": "lamp" }
\`\`\`
`;

/** @param signIn The origin of the authorization server of the code flow. */
export function shop(options: AppOptions = {}, signIn = "https://login.example"): App {
  const app = new App({
    title: "Shop",
    version: "1.0.0",
    description,
    openapiTags: [{ name: "items", description: "Things to **buy**." }],
    ...options,
  });
  const password = oauth2Password({ schemeName: "password", tokenUrl: "token", scopes: { buy: "Buy things" } });
  const schemes: Readonly<Record<string, Dependency>> = {
    password,
    code: oauth2AuthorizationCode({
      schemeName: "code",
      authorizationUrl: `${signIn}/authorize`,
      tokenUrl: `${signIn}/token`,
      scopes: { read: "Read things" },
    }),
    header: apiKeyHeader({ schemeName: "header", name: "X-Key" }),
    query: apiKeyQuery({ schemeName: "query", name: "key" }),
    cookie: apiKeyCookie({ schemeName: "cookie", name: "key" }),
    basic: httpBasic({ schemeName: "basic" }),
    bearer: httpBearer({ schemeName: "bearer" }),
  };
  for (const [name, scheme] of Object.entries(schemes)) {
    app.get(`/who/${name}`, { input: { shown: scheme }, tags: ["who"] }, ({ shown }) => ({ shown }));
  }
  const login = post(
    "/token",
    { input: { login: passwordForm }, tags: ["who"] },
    ({ login: { username, password } }) => {
      if (password !== secret) throw new HTTPException(400, "Incorrect username or password");
      return { access_token: `token of ${username}`, token_type: "bearer" };
    },
  );
  const input = { id: z.int().meta({ description: "Its number." }), item: Item, token: password };
  const putItem = put("/items/{id}", { input, output: Item, tags: ["items"] }, ({ item, token }) => ({
    ...item,
    tags: [token],
  }));
  const readItem = get(
    "/items/{id}",
    { input: { id: z.int(), q: z.string().optional() }, output: Item, tags: ["items"], summary: "Read an item" },
    ({ id }) => ({ name: `item ${id}`, price: 1, tags: [] }),
  );
  return app.include(router({ login, putItem, readItem }));
}

/** Serves an app until the test has finished. */
export async function served(app: App): Promise<Serving> {
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  return server;
}

/** The address of a file that a page names, by the end of its path. */
export async function fileAddress(page: string, end: string): Promise<string> {
  const text = await (await fetch(page)).text();
  const addresses = [...text.matchAll(/ (?:src|href)="([^"]+)"/g)].map(([, address]) => new URL(address ?? "", page));
  const found = addresses.find(({ pathname }) => pathname.endsWith(end));
  if (found === undefined) throw new Error(`${page} names no file that ends with ${end}`);
  return found.href;
}
