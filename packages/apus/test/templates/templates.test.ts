// Pages from templates: escaped, kept inside their folder, with addresses of operations, and alike on every adapter.
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { App, around, depends, get, html, operation, response, router } from "apus";
import { templates, type LiquidOptions } from "apus/templates";
import { testClient } from "apus/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { folderWith } from "../files/folder.ts";
import { reports, scenarios } from "../scenario.ts";

/** What a template makes of a context; everything about the request is the same each time. */
async function page(
  files: Readonly<Record<string, string>>,
  context: Readonly<Record<string, unknown>> = {},
  options: Partial<Omit<LiquidOptions, "engine">> & { readonly name?: string } = {},
): Promise<{ readonly status: number; readonly text: string; readonly failure: string | undefined }> {
  const { name = "page", ...rest } = options;
  const { render } = templates({ directory: folderWith(files), ...rest });
  const { found, report } = reports();
  const shown = get("/shown/{id}", { name: "shown", input: { id: z.string() } }, () => render(name, context));
  const client = testClient(new App({ report }).include({ shown }), { raiseServerErrors: false });
  const { status, text } = await client.get("/shown/5?tab=all");
  const error = found[0]?.error;
  return { status, text, failure: error instanceof Error ? error.message : undefined };
}

scenarios("templates", (ask) => {
  it("renders a page", async () => {
    const { render } = templates({ directory: folderWith({ "items/one.html": "<h1>{{ name }}</h1>" }) });
    const one = get("/items/{name}", { input: { name: z.string() }, as: html }, ({ name }) =>
      render("items/one.html", { name }),
    );
    const app = new App().include({ one });
    expect(await ask(app, "GET /items/swift")).toMatchObject({
      status: 200,
      text: "<h1>swift</h1>",
      headers: { "content-type": "text/html; charset=utf-8", "content-length": "14" },
    });
    expect(await ask(app, "HEAD /items/swift")).toMatchObject({ status: 200, text: "" });
    expect(app.openapi().paths["/items/{name}"]).toHaveProperty(["get", "responses", "200", "content", "text/html"]);
  });

  it("has the status, the headers and the cookies that it is given", async () => {
    const { render } = templates({ directory: folderWith({ "feed.xml": "<feed/>" }) });
    const init = { status: 418, headers: { "content-type": "text/xml" }, cookies: { seen: "yes" } };
    const feed = get("/feed", () => render("feed.xml", {}, init));
    const said = get("/said", { as: html, status: 203, input: { response } }, ({ response }) => {
      response.headers.set("x-said", "yes");
      return render("feed.xml");
    });
    const app = new App().include({ feed, said });
    const answer = await ask(app, "GET /feed");
    expect([answer.status, answer.headers["content-type"], answer.cookies]).toEqual([
      418,
      "text/xml",
      ["seen=yes; Path=/; SameSite=lax"],
    ]);
    expect(await ask(app, "GET /said")).toMatchObject({ status: 203, text: "<feed/>" });
  });

  it("is rendered before what dependencies have opened is closed, and inside middleware", async () => {
    const log: string[] = [];
    const { render } = templates({ directory: folderWith({ page: "{{ row }}" }) });
    const session = depends(
      function* () {
        yield { row: async () => (log.push("read"), "the row") };
        log.push("closed");
      },
      { scope: "function" },
    );
    const outermost = around(async (_, next) => {
      const answer = await next();
      log.push("answered");
      return answer;
    });
    const shown = get("/", { input: { session } }, ({ session }) => render("page", { row: session.row }));
    const app = new App({ middleware: [outermost] }).include({ shown });
    expect((await ask(app, "GET /")).text).toBe("the row");
    expect(log).toEqual(["read", "closed", "answered"]);
  });
});

describe("what a template prints", () => {
  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ["{{ v }}", { v: "<b>\"'&</b>" }, "&lt;b&gt;&#34;&#39;&amp;&lt;/b&gt;"],
    ["{{ v | upcase }}", { v: "<b>" }, "&lt;B&gt;"],
    ["{% assign w = v | append: '<i>' %}{{ w }}", { v: "<b>" }, "&lt;b&gt;&lt;i&gt;"],
    ["{{ v | raw }}", { v: "<b>" }, "<b>"],
    ["{{ v | escape }}", { v: "<b>" }, "&lt;b&gt;"],
    ["{{ v | escape_once }}", { v: "&lt;<b>" }, "&lt;&lt;b&gt;"],
    ["{{ v | escape | append: v }}", { v: "<b>" }, "&amp;lt;b&amp;gt;&lt;b&gt;"],
    [
      "<script>let v = {{ v | tojson }};</script>",
      { v: ["</script>'&\u2028", null] },
      String.raw`<script>let v = ["\u003c/script\u003e\u0027\u0026\u2028",null];</script>`,
    ],
    ["{{ nothing | tojson }}", {}, "null"],
    [
      '<i data-v="{{ v | tojson | escape }}">',
      { v: { a: '"><script>', b: "'&" } },
      String.raw`<i data-v="{&#34;a&#34;:&#34;\&#34;\u003e\u003cscript\u003e&#34;,&#34;b&#34;:&#34;\u0027\u0026&#34;}">`,
    ],
    ["<i data-v='{{ v | tojson }}'>", { v: ["'", '"'] }, String.raw`<i data-v='["\u0027","\""]'>`],
    ["{% capture c %}<p>{{ v }}</p>{% endcapture %}{{ c | raw }}", { v: "<b>" }, "<p>&lt;b&gt;</p>"],
    ["{{ list.first }}{{ list.size }}", { list: ["a", "b"] }, "a2"],
    ["{% for each in list %}{{ each.n }},{% endfor %}", { list: [{ n: 1 }, { n: 2 }] }, "1,2,"],
    ["{{ later }}", { later: Promise.resolve("<i>") }, "&lt;i&gt;"],
    ["[{{ nobody.said.it }}]", {}, "[]"],
  ])("%s", async (template, context, text) => {
    expect(await page({ page: template }, context)).toEqual({ status: 200, text, failure: undefined });
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ["{{ v.constructor }}{{ v.__proto__ }}{{ v.toString }}", { v: {} }],
    ["{{ v.constructor.constructor }}", { v: "text" }],
    ["{{ v.secret }}", { v: Object.create({ secret: "inherited" }) }],
    [
      "{{ v.secret }}",
      {
        v: new (class {
          get secret() {
            return "of the class";
          }
        })(),
      },
    ],
    ["{{ constructor }}{{ __proto__ }}{{ toString }}{{ hasOwnProperty }}", {}],
  ])("reads own properties only: %s", async (template, context) => {
    expect(await page({ page: template }, context)).toMatchObject({ status: 200, text: "" });
  });

  it("has filters of one's own, whose output is escaped", async () => {
    const filters = {
      money: (value: unknown, currency: unknown) => `${String(currency)} <${Number(value).toFixed(2)}>`,
    };
    const { text } = await page({ page: '{{ 5 | money: "EUR" }}' }, {}, { filters });
    expect(text).toBe("EUR &lt;5.00&gt;");
  });

  it("knows the request as plain data, which the handler's values hide", async () => {
    const template =
      "{{ request.method }} {{ request.path }} {{ request.url }} {{ request.query.tab }} {{ request.params.id }}";
    expect((await page({ page: template })).text).toBe("GET /shown/5 http://testserver/shown/5?tab=all all 5");
    expect((await page({ page: "{{ request }}" }, { request: "mine" })).text).toBe("mine");
  });

  it("has what the context processors give, later ones and the handler's values being stronger", async () => {
    const contextProcessors = [
      () => ({ a: "first", b: "first", c: "first" }),
      async (request: { readonly path: string }) => ({ b: request.path, c: "second" }),
    ];
    const { text } = await page({ page: "{{ a }} {{ b }} {{ c }}" }, { c: "handler" }, { contextProcessors });
    expect(text).toBe("first /shown/5 handler");
  });
});

describe("url_for", () => {
  it.each([
    ['{{ "shown" | url_for: id: "a/b" }}', "APUS_URL_FOR"],
    ['{{ "shown" | url_for }}', "APUS_URL_FOR"],
    ['{{ "nobody" | url_for }}', "APUS_URL_FOR"],
    ['{{ "shown" | url_for: 5 }}', "APUS_URL_FOR: url_for takes parameters by name"],
    ['{{ "shown" | url_for: id: request }}', "APUS_URL_FOR: url_for got no text"],
  ])("refuses %s", async (template, code) => {
    const { status, text, failure } = await page({ page: template });
    expect([status, text]).toEqual([500, "Internal Server Error"]);
    expect(failure).toContain(code);
  });

  it("is the operation's address, root path and prefix included, in partials too", async () => {
    const { render } = templates({
      directory: folderWith({ page: "{% render 'link', id: 7 %}", link: '{{ "read" | url_for: id: id }}' }),
    });
    const routes = router(
      { read: get("/{id}", { input: { id: z.string() } }, () => render("page")) },
      { prefix: "/items" },
    );
    const client = testClient(new App({ rootPath: "/api" }).include(routes), { raiseServerErrors: false });
    expect((await client.get("/items/7")).text).toBe("http://testserver/api/items/7");
  });

  it("knows the operations of a mounted app under its mount", async () => {
    const { render } = templates({ directory: folderWith({ page: '{{ "home" | url_for }}' }) });
    const inner = new App().include({ home: get("/home", () => render("page")) });
    const client = testClient(new App().mount("/inner", inner), { raiseServerErrors: false });
    expect((await client.get("/inner/home")).text).toBe("http://testserver/inner/home");
  });
});

describe("where templates come from", () => {
  const outside = {
    "../outside": "secret",
    "/etc/passwd": "secret",
    "a\\b": "",
    "": "",
    "a/../../x": "",
    ".env": "",
    "a/": "",
    "\0": "",
  };

  it.each(Object.keys(outside))("no template is called %j", async (name) => {
    const found = await page({ page: "fine", "a/x": "" }, {}, { name });
    expect(found).toMatchObject({ status: 500, text: "Internal Server Error" });
    expect(found.failure).toContain("is no name of a template");
  });

  it.each(["include", "render", "layout"])("%s finds what is inside and nothing else", async (tag) => {
    const inside = await page({ page: `{% ${tag} name %}`, "parts/one": "one" }, { name: "parts/one" });
    expect(inside.text).toBe("one");
    const folder = folderWith({ "pages/page": `{% ${tag} name %}`, secret: "secret" });
    symlinkSync(join(folder, "secret"), join(folder, "pages/link"));
    for (const name of ["../secret", "../pages/../secret", join(folder, "secret"), "link", "/etc/hostname"]) {
      const { render } = templates({ directory: join(folder, "pages") });
      const shown = get("/", () => render("page", { name }));
      const client = testClient(new App({ report: () => {} }).include({ shown }), { raiseServerErrors: false });
      expect([name, (await client.get("/")).text]).toEqual([name, "Internal Server Error"]);
    }
  });

  it("follows no link out of the folder, and takes one that stays inside", async () => {
    const folder = folderWith({ "pages/real": "inside", secret: "secret" });
    symlinkSync(join(folder, "secret"), join(folder, "pages/out"));
    symlinkSync(join(folder, "pages/real"), join(folder, "pages/in"));
    const { render } = templates({ directory: pathToFileURL(join(folder, "pages")) });
    const shown = get("/{name}", { input: { name: z.string() } }, ({ name }) => render(name));
    const client = testClient(new App({ report: () => {} }).include({ shown }), { raiseServerErrors: false });
    expect((await client.get("/in")).text).toBe("inside");
    expect((await client.get("/out")).text).toBe("Internal Server Error");
  });

  it("searches several folders in turn", async () => {
    const directory = [folderWith({ a: "first a" }), folderWith({ a: "second a", b: "second b" })];
    const { render } = templates({ directory });
    const shown = get("/{name}", { input: { name: z.string() } }, ({ name }) => render(name));
    const client = testClient(new App().include({ shown }), { raiseServerErrors: false });
    expect([(await client.get("/a")).text, (await client.get("/b")).text]).toEqual(["first a", "second b"]);
  });

  it.each([
    [false, "after"],
    [true, "before"],
  ])("with `cache: %s` a template that was changed reads %s", async (cache, text) => {
    const folder = folderWith({ page: "before" });
    const { render } = templates({ directory: folder, cache });
    const client = testClient(new App().include({ shown: get("/", () => render("page")) }), {
      raiseServerErrors: false,
    });
    expect((await client.get("/")).text).toBe("before");
    writeFileSync(join(folder, "page"), "after");
    expect((await client.get("/")).text).toBe(text);
  });
});

describe("templates that cannot be rendered", () => {
  it.each<[string, string, Partial<Omit<LiquidOptions, "engine">>]>([
    ["a tag that is not closed", "{% if a %}", {}],
    ["an unknown filter", "{{ a | escpae }}", {}],
    ["an unknown tag", "{% frobnicate %}", {}],
    ["one that is longer than `parseLimit`", "0123456789", { parseLimit: 9 }],
    ["one that makes more than `memoryLimit`", "{% for i in (1..100000) %}{% endfor %}", { memoryLimit: 1000 }],
    [
      "one that takes longer than `renderLimit`",
      "{% for i in (1..100000) %}{{ i }}{% endfor %}",
      { renderLimit: 0.000_001 },
    ],
  ])("%s is a reported failure that names the template", async (_, template, options) => {
    const found = await page({ page: template }, {}, options);
    expect(found).toMatchObject({ status: 500, text: "Internal Server Error" });
    expect(found.failure).toMatch(/^APUS_TEMPLATE: "page" cannot be rendered: /);
  });

  it("that are not there are named", async () => {
    expect((await page({}, {}, { name: "missing" })).failure).toContain('Failed to lookup "missing"');
  });
});

describe("an engine of one's own", () => {
  it("gets the name and the context, with url_for and the request", async () => {
    const engine = {
      render: async (name: string, { id, url_for, request }: Readonly<Record<string, unknown>>) => {
        const address = (url_for as (name: string, params: object) => string)("read", { id, __keywords: true });
        return `${name} ${address} ${(request as { path: string }).path}`;
      },
    };
    const { render } = templates({ engine, contextProcessors: [() => ({ id: 7 })] });
    const read = operation(["GET", "POST"], "/read/{id}", { input: { id: z.int() } }, () => render("../any name"));
    const client = testClient(new App().include({ read }), { raiseServerErrors: false });
    expect((await client.post("/read/1")).text).toBe("../any name http://testserver/read/7 /read/1");
  });

  it("is to give a text", async () => {
    const { found, report } = reports();
    const { render } = templates({ engine: { render: () => 5 as never } });
    const client = testClient(new App({ report }).include({ shown: get("/", () => render("page")) }), {
      raiseServerErrors: false,
    });
    expect((await client.get("/")).status).toBe(500);
    expect(String(found[0]?.error)).toContain('APUS_TEMPLATE: the engine gave no text for "page"');
  });
});
