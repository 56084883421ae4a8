// A front end that a tool has built, behind the API that it calls, and once more for members alone.
import { App, frontend, get, router } from "apus";
import { apiKeyCookie } from "apus/security";

const birds = get("/api/birds", () => ["swift", "swallow"]);

const directory = new URL("site", import.meta.url);
const site = frontend("/", {
  directory,
  // What a build names by its content never changes; the page that names it may.
  headers: (path) => ({
    "cache-control": path.startsWith("assets/") ? "max-age=31536000, immutable" : "no-cache",
  }),
});
const members = router(
  { site: frontend("/", { directory, fallback: null }) },
  { prefix: "/members", dependencies: [apiKeyCookie({ name: "member" })] },
);

export const app = new App({ title: "Birds" }).include(router({ birds, site, members }));
