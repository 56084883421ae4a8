// Dependencies: a pool for the app, a transaction for each request, a user for those who need one.
import { App, connection, depends, get, httpError, post, requiredScopes, router, security } from "apus";
import { oauth2Password } from "apus/security";
import { z } from "zod";
import { openPool } from "./pool.ts";

const database = depends(
  async function* () {
    const pool = await openPool();
    yield pool;
    await pool.close();
  },
  { scope: "app" }, // opened at start-up, closed at shutdown
);

export const session = depends(
  { database, connection },
  async function* ({ database, connection }) {
    const transaction = database.transaction(); // takes a connection of the pool at its first statement
    connection.beforeBody(() => transaction.pause()); // and gives it back while a slow client sends
    try {
      yield transaction;
      await transaction.commit();
    } catch (error) {
      await transaction.rollback();
      throw error; // always: a swallowed error is a 500
    }
  },
  { scope: "function" }, // committed before the answer is sent: a commit that fails is the answer
);

const page = depends({ skip: z.int().min(0).default(0), limit: z.int().max(100).default(10) });

const NotPermitted = httpError(403, "Not enough permissions");
const token = oauth2Password({ tokenUrl: "login", scopes: { "notes:write": "Write notes" } });

export const currentUser = depends(
  { token, session, requiredScopes },
  async ({ token, session, requiredScopes }) => {
    const user = await session.userOf(token);
    if (!requiredScopes.list.every((scope) => user.scopes.includes(scope))) throw new NotPermitted();
    return user;
  },
  { errors: [NotPermitted] },
);

const listNotes = get("/notes", { input: { page, session } }, ({ page, session }) => session.notes(page));

const addNote = post(
  "/notes",
  { input: { user: security(currentUser, ["notes:write"]), session, note: z.object({ text: z.string() }) } },
  ({ user, session, note }) => session.add(`${user.name}: ${note.text}`),
);

export const app = new App({ title: "Notes" }).include(router({ listNotes, addNote }));
