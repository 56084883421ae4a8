/**
 * A program for the tests: asks an app 50,000 times, each time with other names and values of a thousand characters wherever
 * a client can put one, and prints how much memory is kept.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { App, body, cookie, header, query } from "apus";
import { cors, requestId } from "apus/middleware";
import { z } from "zod";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const middleware = [cors({ allowOriginRegex: /https:\/\/h\d+\.example/ }), requestId({ trust: true })];
const app = new App({ report: () => {}, middleware, trustedProxies: ["*"] });
const Loose = z.looseObject({});
const sources = { all: query(Loose), headers: header(Loose), cookies: cookie(Loose) };
app.get("/open/{id}", { input: { id: z.string(), ...sources } }, ({ id }) => id.length);
app.post(
  "/open/{id}",
  { input: { id: z.string(), item: body(z.record(z.string(), z.unknown())) } },
  ({ item }) => item,
);
app.get("/strict", { input: { q: z.enum(["a"]) } }, () => 1);
app.get("/fails/{id:path}", { input: { id: z.string() } }, ({ id }) => {
  throw new Error(id);
});

const rest = "x".repeat(1000);
/** Requests that end in each way there is: answered, refused, not found, redirected, failed. */
async function ask(i: number): Promise<void> {
  const own = `${i}${rest}`;
  const host = `h${i}.example`;
  const headers = {
    [`x-${own}`]: own,
    host,
    cookie: `c${own}=${own}`,
    "content-type": `application/json;x=${own}`,
    origin: `https://${host}`,
    "x-request-id": `id${i}`,
    "x-forwarded-for": `${i & 255}.0.0.${(i >> 8) & 255}`,
  };
  const path = [
    `/open/${own}?${own}=${own}`,
    `/open/${own}`,
    `/strict?q=${own}`,
    `/none/${own}`,
    `/open/${own}/`,
    `/fails/${own}`,
  ][i % 6]!;
  const post = i % 6 === 1;
  const init = post ? { method: "POST", body: JSON.stringify({ [own]: own }), headers } : { headers };
  const answer = await app.fetch(new Request(`http://${host}${path}`, init));
  await answer.arrayBuffer();
}

const used = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

for (let i = 0; i < 2000; i++) await ask(i);
const before = used();
for (let i = 2000; i < 52_000; i++) await ask(i);
console.log(`kept ${Math.round((used() - before) / 1024)} KiB`);
