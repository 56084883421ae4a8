// Files: one of the program's own, one under another name, and those of a folder by the names that clients say.
import { App, get, router, sendFile } from "apus";
import { z } from "zod";

const logo = get("/logo", { as: sendFile }, () => new URL("files/logo.svg", import.meta.url));

const report = get("/report", () =>
  sendFile(new URL("files/report.csv", import.meta.url), {
    filename: "Birds of March.csv",
    headers: { "cache-control": "private, max-age=60" },
  }),
);

const folder = new URL("files/uploads/", import.meta.url);
const upload = get("/uploads/{name:path}", { input: { name: z.string() } }, ({ name }) =>
  // What other people have sent: saved rather than shown, so that no script in it runs as a page of this site.
  sendFile(name, { root: folder, contentDispositionType: "attachment" }),
);

export const api = router({ logo, report, upload });
export const app = new App({ title: "Files" }).include(api);
