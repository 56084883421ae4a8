// An application of another kind under a prefix: anything that answers a web Request by a web Response.
import { App, get, operationIds } from "apus";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "'": "&#39;",
  '"': "&#34;",
};
const escape = (text: string): string => text.replaceAll(/[&<>'"]/g, (each) => entities[each]!);

// It knows nothing of Apus, and sees the path behind the prefix.
const foreignApp = {
  fetch(request: Request): Response {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/") return new Response("Not Found", { status: 404 });
    const name = searchParams.get("name") ?? "World";
    return new Response(`Hello, ${escape(name)} from Flask!`, {
      headers: { "content-type": "text/html; charset=utf-8" },
    });
  },
};

const readMain = get("/v2", () => ({ message: "Hello World" }));

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi })
  .include({ readMain })
  .mount("/v1", foreignApp);
