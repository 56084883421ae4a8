// What a test client refuses: options that there are not, and requests that cannot be meant.
import { App, get } from "apus";
import { testClient } from "apus/testing";
import { describe, expect, test } from "vitest";

const app = new App();

describe("refused", () => {
  const refused = (init: object): Promise<unknown> => testClient(app).post("/x", init);

  test.each<[object, string]>([
    [{ jsn: 1 }, "APUS_OPTIONS: POST /x: there is no option `jsn`; did you mean `json`?"],
    [{ follow_redirects: false }, "did you mean `followRedirects`?"],
    [{ data: {} }, "there is no option `data`"],
    [{ json: 1, body: "x" }, "APUS_TEST_REQUEST: POST /x has json and body; give at most one"],
    [{ json: 1, form: {}, body: "x" }, "has json and form and body"],
    [{ json: () => 1 }, "APUS_TEST_REQUEST: the json of POST /x is a function, which JSON cannot say"],
    [{ json: 1n }, "JSON cannot say the json of POST /x"],
    [{ body: { a: 1 } }, "a value goes into json, fields go into form"],
    [{ body: 1 }, "is nothing that can be sent"],
    [{ form: { a: { b: 1 } } }, 'the form of POST /x: "a" is no text'],
    [{ query: { a: [{}] } }, 'the query of POST /x: "a" is no text'],
    [{ query: ["a"] }, "a list of something else than pairs"],
    [{ headers: { "a b": "1" } }, "is no header name"],
    [{ headers: { a: 1 } }, "something else than text"],
    [{ headers: { a: "\u20ac" } }, "something else than text in Latin-1"],
    [{ headers: [["a"]] }, "a list of something else than pairs"],
    [{ auth: "ada" }, "is a pair of texts"],
    [{ auth: ["a", "b"], headers: { Authorization: "Bearer x" } }, "both auth and an authorization header"],
  ])("a request (%#)", async (init, message) => {
    await expect(refused(init)).rejects.toThrow(message);
  });

  test("a method and a path that are none", async () => {
    const client = testClient(app);
    await expect(client.request("GET /", "/")).rejects.toThrow("APUS_TEST_REQUEST");
    await expect(client.get(5 as unknown as string)).rejects.toThrow("APUS_TEST_REQUEST");
    await expect(client.get("http://[")).rejects.toThrow("APUS_TEST_REQUEST");
    await expect(client.get("/", "x" as never)).rejects.toThrow("APUS_OPTIONS");
  });

  test.each<[unknown, object, string]>([
    [app, { raise_server_exceptions: false }, "APUS_OPTIONS"],
    [app, { base_url: "http://a" }, "did you mean `baseUrl`?"],
    [app, { baseURL: "http://a" }, "did you mean `baseUrl`?"],
    [app, { raiseServerErrors: "no" }, "APUS_TEST_CLIENT: raiseServerErrors"],
    [app, { followRedirects: 0 }, "APUS_TEST_CLIENT: followRedirects"],
    [app, { baseUrl: "testserver" }, "APUS_TEST_CLIENT: the base URL"],
    [app, { baseUrl: "ftp://testserver" }, "APUS_TEST_CLIENT: the base URL"],
    [app, { baseUrl: "http://testserver?x" }, "APUS_TEST_CLIENT: the base URL"],
    [app, { client: "127.0.0.1" }, "APUS_TEST_CLIENT: client is an address"],
    [undefined, {}, "APUS_TEST_CLIENT: testClient(app) asks an App"],
    [{ read: get("/", () => 1) }, {}, "new App().include(routes)"],
  ])("a client of %s with %j", (of, options, message) => {
    expect(() => testClient(of as App, options)).toThrow(message);
  });
});
