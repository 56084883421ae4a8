/** An API with every kind of input and answer, for the tests of the client on every runtime. */
import {
  App,
  body,
  cookie,
  form,
  get,
  header,
  html,
  httpError,
  HTTPException,
  kind,
  operation,
  patch,
  post,
  put,
  query,
  redirect,
  request,
  response,
  router,
  signal,
} from "apus";
import { cors } from "apus/middleware";
import { httpBasic, httpBearer } from "apus/security";
import { types } from "apus/types";
import { z } from "zod";

const NotFound = httpError(404, "Item not found");
const Conflict = httpError(409, "Conflict", z.object({ existing: z.int() }));
const Offline = httpError(503, "Offline");
const png = kind<Uint8Array>({ mediaType: "image/png", write: (value) => value });

const inputs = {
  path: get(
    "/path/{text}/{whole:int}/{letter}/{id}/{day}/{at}",
    {
      input: {
        text: z.string(),
        whole: z.int(),
        letter: z.enum(["a", "b"]),
        id: z.uuid(),
        day: types.date(),
        at: z.date(),
      },
    },
    (given) => given,
  ),
  file: get("/files/{file:path}", { input: { file: z.string() } }, ({ file }) => ({ file })),
  query: get(
    "/query",
    {
      input: {
        list: query(z.array(z.int()).default([])),
        set: query(z.set(z.string()).optional()),
        text: z.string().nullable().default("default"),
        yes: z.boolean().optional(),
        at: z.date().optional(),
        moment: types.datetime().optional(),
        big: types.bigint().optional(),
        price: types.decimal().optional(),
        "odd name&": z.string().optional(),
      },
    },
    (given) => given,
  ),
  model: get(
    "/model",
    { input: { page: query(z.object({ limit: z.int().default(10), tag: z.array(z.string()).default([]) })) } },
    ({ page }) => page,
  ),
  headers: get(
    "/headers",
    {
      input: {
        x_token: header(z.string().optional()),
        xTraceId: header(z.int().optional()),
        since: header(z.date().optional(), { alias: "X-Since" }),
        dry: header(z.boolean().default(false)),
        many: header(z.array(z.string()).default([])),
        request,
      },
    },
    ({ request, ...given }) => ({ ...given, tag: request.headers.get("if-none-match") }),
  ),
  cookies: get("/cookies", { input: { session: cookie(z.string()) } }, (given) => given),
  single: post("/single", { input: { value: body(z.unknown().default("default")) } }, ({ value }) => ({ value })),
  embedded: patch("/embedded", { input: { a: body(z.int()), b: body(z.boolean().default(true)) } }, (given) => given),
  embeddedOne: put("/embedded", { input: { a: body(z.int(), { embed: true }) } }, (given) => given),
  wire: post(
    "/wire",
    {
      input: {
        given: z.object({
          moment: types.datetime(),
          at: z.date(),
          price: types.decimal(),
          bytes: types.bytes(),
          base64: types.base64(),
          big: types.bigint(),
          own: z.bigint(),
          lasts: types.duration(),
          set: z.set(z.int()),
          map: z.map(z.string(), z.date()),
        }),
      },
    },
    ({ given }) => ({
      ...given,
      at: given.at.toISOString(),
      bytes: [...given.bytes],
      base64: [...given.base64],
      big: String(given.big),
      own: String(given.own),
      map: [...given.map.keys()],
    }),
  ),
  picture: post(
    "/picture",
    { input: { picture: body(types.bytes(), { mediaType: "image/png" }), request } },
    ({ picture, request }) => ({ bytes: [...picture], type: request.headers.get("content-type") }),
  ),
  csv: post("/csv", { input: { rows: body(z.string(), { mediaType: "text/csv" }), request } }, ({ rows, request }) => ({
    rows,
    type: request.headers.get("content-type"),
  })),
  form: post(
    "/form",
    {
      input: {
        user: form(z.string()),
        tags: form(z.array(z.string()).default([])),
        age: form(z.int().optional()),
        on: form(z.boolean().default(false)),
      },
    },
    (given) => given,
  ),
  formModel: post(
    "/form-model",
    { input: { given: form(z.object({ name: z.string(), age: z.int().optional() })) } },
    ({ given }) => given,
  ),
};

const answers = {
  page: get("/page", { as: html }, () => "<p>ü</p>"),
  image: get("/image", { as: png }, () => new Uint8Array([0x89, 0x50, 0, 255])),
  text: get("/text", { output: z.string() }, () => "text"),
  old: get("/old", { as: redirect }, () => "/text"),
  undefined: get("/undefined", () => undefined),
  brokenOff: get("/broken-off", () => {
    let sent = 0;
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
      if (sent++ === 0) controller.enqueue(new Uint8Array(100));
      else controller.error(new Error("secret"));
    };
    return new Response(new ReadableStream({ pull }));
  }),
  nothing: get("/nothing", { status: 204 }, () => null),
  reset: get("/reset", { status: 205 }, () => null),
  tagged: post("/tagged", { input: { response }, status: 201, errors: [NotFound] }, ({ response }) => {
    response.headers.set("etag", '"1"');
    response.headers.set("location", "/tagged/1");
    return { made: true };
  }),
  several: operation(["OPTIONS", "PUT", "DELETE"], "/several", () => "several"),
  onlyHead: operation(["HEAD"], "/only-head", () => null),
  found: get(
    "/items/{id}",
    { input: { id: z.int() }, output: z.object({ id: z.int() }), errors: [NotFound, Conflict, Offline] },
    ({ id }) => {
      if (id === 404) throw new NotFound();
      if (id === 409) throw new Conflict({ existing: 3 });
      if (id === 503) throw new Offline();
      if (id === 418) throw new HTTPException(418, "Undeclared");
      if (id === 500) throw new Error("secret");
      return { id };
    },
  ),
  foreign: get("/foreign", { errors: [NotFound] }, () => Response.json({ error: "of a gateway" }, { status: 404 })),
  notJson: get("/not-json", () => new Response("{", { headers: { "content-type": "application/json" } })),
  bearer: get("/bearer", { input: { given: httpBearer() } }, ({ given }) => given.credentials),
  basic: get("/basic", { input: { given: httpBasic() } }, ({ given }) => [given.username, given.password]),
  login: post("/login", { input: { response } }, ({ response }) => {
    response.cookies.set("session", "of-the-server");
    return null;
  }),
  hang: get("/hang", { input: { signal } }, ({ signal }) => {
    return new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason as Error));
    });
  }),
};

const Refused = httpError(403, "Not yours", z.object({ owner: z.string() }));
const problems = router(
  {
    refused: get("/refused", { errors: [Refused] }, () => {
      throw new Refused({ owner: "ada" });
    }),
    failed: get("/failed", { errors: [Refused] }, () => {
      throw new Error("secret");
    }),
  },
  { prefix: "/problems", errorShape: "problem" },
);

export const api = router({ inputs: router(inputs), answers: router(answers), problems });

/** The app, which pages of the given origins may ask, and whose errors are not reported. */
export function appFor(...allowOrigins: string[]): App {
  const middleware = [
    cors({
      allowOrigins,
      allowMethods: ["*"],
      allowHeaders: ["*"],
      allowCredentials: true,
      exposeHeaders: ["etag", "location"],
    }),
  ];
  return new App({ report: () => {}, middleware }).include(api);
}
