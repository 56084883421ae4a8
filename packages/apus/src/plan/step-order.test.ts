import { expect, it } from "vitest";
import { App, depends, get, requiredScopes, router, security } from "../index.ts";

it("tells each dependency its scopes in the order on its own way, where another is asked for the same in another", async () => {
  const one = depends({ requiredScopes }, ({ requiredScopes: { text } }) => text);
  const two = depends({ requiredScopes }, ({ requiredScopes: { text } }) => text);
  const input = { one: security(one, ["a", "b"]), two: security(two, ["b", "a"]) };
  const read = get("/", { input }, (values) => values);
  const answer = await new App().include(router({ read })).fetch(new Request("http://localhost/"));
  expect(await answer.json()).toEqual({ one: "a b", two: "b a" });
});
