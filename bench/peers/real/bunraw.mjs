// The real route by hand on Bun.serve: what the work costs without a framework. A reference, no competitor.
import { kinds, lookup, rid, verify } from "../../baselines/real/shared.mjs";

const keys = kinds.map((kind, i) => [`f${i}`, kind]);

function isRow(row) {
  return (
    typeof row.id === "number" &&
    typeof row.name === "string" &&
    typeof row.price === "number" &&
    typeof row.owner === "string" &&
    typeof row.active === "boolean" &&
    typeof row.created === "string" &&
    Array.isArray(row.tags)
  );
}

Bun.serve({
  port: Number(process.env.PORT),
  hostname: "127.0.0.1",
  async fetch(request) {
    const user = verify(request.headers.get("authorization"));
    if (user === null) return new Response(null, { status: 401 });
    const { url } = request;
    const start = url.indexOf("/", 8);
    const mark = url.indexOf("?", start);
    const path = mark < 0 ? url.slice(start) : url.slice(start, mark);
    const end = path.indexOf("/items/");
    const org = path.slice(6, end);
    if (!(Number(path.slice(end + 7)) >= 1) || org.length > 40) return new Response(null, { status: 422 });
    const body = await request.json();
    for (const [key, kind] of keys) {
      const value = body[key];
      if (typeof value !== kind || (kind === "string" && (value.length < 1 || value.length > 100))) {
        return new Response(null, { status: 422 });
      }
    }
    const rows = await lookup(user, org);
    if (!rows.every(isRow)) return new Response(null, { status: 500 });
    const shown = rows.map(({ id, name, price, owner, active, created, tags, note }) => {
      return { id, name, price, owner, active, created, tags, note };
    });
    return Response.json(shown, {
      headers: {
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "x-request-id": rid(),
      },
    });
  },
});
