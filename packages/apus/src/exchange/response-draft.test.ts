/** What is added to an answer that is still to be made. */
import { expect, it } from "vitest";
import { ResponseDraft } from "./response-draft.ts";

it("collects a status, headers and cookies, each draft its own", () => {
  const [draft, other] = [new ResponseDraft(), new ResponseDraft()];
  draft.status = 201;
  draft.headers.append("X-A", "1");
  draft.cookies.set("b", "2");
  expect([draft.status, draft.headers.pairs]).toEqual([201, ["x-a", "1", "set-cookie", "b=2; Path=/; SameSite=lax"]]);
  expect([other.status, other.headers.pairs]).toEqual([undefined, []]);
});
