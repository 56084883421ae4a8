import { expect, it } from "vitest";
import { z } from "zod";
import { App, depends, get, query, requiredScopes, router, security } from "../index.ts";

it("tells each dependency its scopes in the order on its own way, where another is asked for the same in another", async () => {
  const one = depends({ requiredScopes }, ({ requiredScopes: { text } }) => text);
  const two = depends({ requiredScopes }, ({ requiredScopes: { text } }) => text);
  const input = { one: security(one, ["a", "b"]), two: security(two, ["b", "a"]) };
  const read = get("/", { input }, (values) => values);
  const answer = await new App().include(router({ read })).fetch(new Request("http://localhost/"));
  expect(await answer.json()).toEqual({ one: "a b", two: "b a" });
});

it("gives operations with the same guards nothing of what others add to them", async () => {
  const ran: string[] = [];
  const scopes = depends({ requiredScopes }, ({ requiredScopes: { text } }) => text);
  const guard = depends({ scopes }, () => void ran.push("guard"));
  const more = depends({ more: query(z.string()) }, ({ more }) => void ran.push(more));
  const input = { more, scopes: security(scopes, ["write"]) };
  const routes = {
    before: get("/before", () => null),
    adding: get("/adding", { input }, (values) => values.scopes),
    after: get("/after", { input: { scopes } }, (values) => values.scopes),
  };
  const app = new App().include(router(routes, { dependencies: [guard] }));
  const ask = async (path: string): Promise<unknown> => {
    ran.length = 0;
    const answer = await app.fetch(new Request(`http://localhost${path}`));
    return [await answer.json(), ...ran];
  };
  expect(await ask("/before")).toEqual([null, "guard"]);
  expect(await ask("/adding?more=more")).toEqual(["write", "guard", "more"]);
  expect(await ask("/after")).toEqual(["", "guard"]);
  expect(await ask("/before")).toEqual([null, "guard"]);
});
