// What docs/templates.md says of its example.
import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { app } from "./templates.ts";

const client = testClient(app);

it("renders the page into its layout, with its parts, escaped", async () => {
  const { headers, text } = await client.get("/birds/apus");
  expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(text).toContain("<title>Common swift · Birds</title>");
  expect(text).toContain('<h1><a href="http://testserver/birds/apus">Common swift</a></h1>');
  expect(text).toContain("<p>&lt;Under the eaves&gt;, 3</p>");
  expect(text).toContain('const sightings = [{"place":"\\u003cUnder the eaves\\u003e","count":3}];');
});

it("lets another engine render", async () => {
  expect((await client.get("/letter")).text).toBe('letter: "Dear swift"');
});
