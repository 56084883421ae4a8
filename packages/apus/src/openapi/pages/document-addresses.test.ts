import { expect, test } from "vitest";
import { addressesIn } from "./document-addresses.ts";

test("servers, discovery and token addresses are where requests go, the logo is a picture", () => {
  const document = {
    info: { "x-logo": { url: "/logo.png" } },
    servers: [{ url: "/a" }],
    paths: {
      "/x": {
        servers: [{ url: "/b" }],
        summary: "a path",
        get: { servers: [{ url: "/c" }], responses: {} },
      },
    },
    components: {
      securitySchemes: {
        id: { type: "openIdConnect", openIdConnectUrl: "/d" },
        login: {
          type: "oauth2",
          flows: {
            password: { tokenUrl: "/e", scopes: {} },
            authorizationCode: { authorizationUrl: "/not-asked-by-the-page", tokenUrl: "/f", refreshUrl: "/g" },
          },
        },
        key: { type: "apiKey" },
      },
    },
  };
  expect(addressesIn(document)).toEqual({
    requests: ["/a", "/b", "/c", "/d", "/e", "/f", "/g"],
    pictures: ["/logo.png"],
  });
});

test("a server's variables stand for each of their values", () => {
  const url = "https://{region}.example.com:{port}/{version}";
  const variables = { region: { enum: ["eu", "us"], default: "eu" }, port: { default: "8443" } };
  expect(addressesIn({ servers: [{ url, variables }] }).requests).toEqual([
    "https://eu.example.com:8443/{version}",
    "https://us.example.com:8443/{version}",
  ]);
  const values = Array.from({ length: 1000 }, (_, i) => `${i}`);
  const many = Object.fromEntries(["region", "port", "version"].map((name) => [name, { enum: values }]));
  expect(addressesIn({ servers: [{ url, variables: many }] }).requests).toHaveLength(50);
});

test.each([
  undefined,
  null,
  "text",
  [],
  {},
  { info: null, servers: "x", paths: [1], components: { securitySchemes: [null] } },
  { info: { "x-logo": "https://a.example" }, servers: [null, { url: 1 }], components: null },
  { components: { securitySchemes: { a: { flows: { password: null } }, b: { flows: null, openIdConnectUrl: 1 } } } },
])("%j names none", (document) => {
  expect(addressesIn(document)).toEqual({ requests: [], pictures: [] });
});
