// Answers that are not sent again to who holds them, and a change that does not undo another's.
import { App, body, get, header, HTTPException, put, response, router } from "apus";
import { etag } from "apus/middleware";
import { z } from "zod";

const note = { text: "Swifts are back", version: 1 };

const read = get("/note", { input: { response } }, ({ response }) => {
  response.headers.set("etag", `"${note.version}"`);
  return note.text;
});

const write = put(
  "/note",
  { input: { text: body(z.string()), if_match: header(z.string().optional()) } },
  ({ text, if_match }) => {
    if (if_match !== `"${note.version}"`) throw new HTTPException(412, "Somebody else has changed the note");
    note.text = text;
    note.version += 1;
  },
);

const birds = get("/birds", () => ["swift", "swallow"]);

export const app = new App({ middleware: [etag()] }).include(router({ read, write, birds }));
