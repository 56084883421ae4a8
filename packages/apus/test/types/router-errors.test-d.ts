// The errors that routers and their guards add to operations, as the client's types have them, in either wire shape.
import { depends, get, header, httpError, onError, router, type ErrorHandler } from "apus";
import { createClient, type Result } from "apus/client";
import { z } from "zod";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};

const NotFound = httpError(404, "No such item");
const Busy = httpError(503, "Busy", z.object({ seconds: z.int() }));
const Teapot = httpError(418, "I'm a Teapot");
const NotAllowed = httpError(403, "Not allowed");
const Unknown = httpError(401, "Not authenticated");

const knownUser = depends(() => 1, { errors: [Unknown] });
const guard = depends({ user: knownUser }, () => {}, { errors: [NotAllowed] });
const tenant = depends({ "x-tenant": header(z.string()) }, () => {}, { errors: [Teapot] });

const read = get("/read", { output: z.int(), errors: [NotFound] }, () => 1);
const list = get("/list", { output: z.int() }, () => 1);

type FailureOf<R> = R extends { readonly ok: false; readonly status: infer S; readonly body: infer B } ? [S, B] : never;
type Failures<C extends (...args: never) => unknown> = FailureOf<Awaited<ReturnType<C>>>;
type Statuses<C extends (...args: never) => unknown> = Failures<C>[0];

const plain = router({ read, list }, { errors: [Busy], dependencies: [guard] });
const plainClient = createClient<typeof plain>({ baseUrl: "" });
// A fault of the server is a value only where the call says that it handles it.
const readPlain = () => plainClient.get("/read", { errors: [404, 503, 403, 401] });
const listPlain = () => plainClient.get("/list");
same<
  Failures<typeof readPlain>,
  | [404, { detail: "No such item" }]
  | [503, { detail: { seconds: number } }]
  | [403, { detail: "Not allowed" }]
  | [401, { detail: "Not authenticated" }]
>(true);
// Also an operation that declares none itself.
same<Statuses<typeof listPlain>, 403 | 401>(true);
// What it was made of stays as it was.
const bare = createClient<{ readonly read: typeof read; readonly list: typeof list }>({ baseUrl: "" });
const readBare = () => bare.get("/read");
same<Statuses<typeof readBare>, 404>(true);
same<Awaited<ReturnType<typeof bare.get<"/list">>>, Result<number, never>>(true);

// The nearest router that says a shape settles what stands in it, its own errors included.
const shaped = router({ read }, { errors: [Busy], dependencies: [knownUser], errorShape: "problem" });
const shapedClient = createClient<typeof shaped>({ baseUrl: "" });
const readShaped = () => shapedClient.get("/read", { errors: [404, 503, 401] });
interface Named {
  type: string;
  title: string;
}
type NotFoundProblem = Named & { status: 404 } & { detail?: "No such item" };
type BusyProblem = Named & { status: 503 } & { detail?: string; errors: { seconds: number } };
type UnknownProblem = Named & { status: 401 } & { detail?: "Not authenticated" };
export async function problems(): Promise<void> {
  const answer = await readShaped();
  if (answer.ok) return;
  same<typeof answer.status, 404 | 503 | 401>(true);
  const { body } = answer;
  const held: NotFoundProblem | BusyProblem | UnknownProblem = body;
  if (held.status === 503) same<typeof held.errors.seconds, number>(true);
  else same<typeof held.detail, "No such item" | "Not authenticated" | undefined>(true);
}

// Nested: each router adds its own, and the outer one's shape holds only for what has none yet.
const nested = router(
  {
    inner: router({ read }, { prefix: "/inner", errors: [Teapot], errorShape: "fastapi" }),
    open: router({ list }, { prefix: "/open", dependencies: [guard] }),
  },
  { prefix: "/outer", errors: [Busy], errorShape: "problem" },
);
const nestedClient = createClient<typeof nested>({ baseUrl: "" });
const readInner = () => nestedClient.get("/outer/inner/read", { errors: [404, 418, 503] });
const listOpen = () => nestedClient.get("/outer/open/list");
same<Statuses<typeof readInner>, 404 | 418 | 503>(true);
same<Statuses<typeof listOpen>, 403 | 401>(true);
export async function shapes(): Promise<void> {
  const inner = await readInner();
  if (!inner.ok && inner.status === 418) same<typeof inner.body, { detail: "I'm a Teapot" }>(true);
  const open = await listOpen();
  if (!open.ok && open.status === 403) same<typeof open.body.title, string>(true);
}

// A guard with an input makes every operation answer 422, those without inputs of their own too.
const guarded = router({ list }, { dependencies: [tenant] });
const guardedClient = createClient<typeof guarded>({ baseUrl: "" });
const listGuarded = () => guardedClient.get("/list", { headers: { "x-tenant": "a" } });
same<Statuses<typeof listGuarded>, 418 | 422>(true);

// ------------------------------------------------------------------------------------------------ error handlers
class Broken extends Error {
  readonly part = "wing";
}
const handlers: ErrorHandler[] = [
  onError(Broken, (error) => {
    same<typeof error, Broken>(true);
    return Response.json(error.part);
  }),
  onError(404, async (error) => {
    same<typeof error.status, number>(true);
    return Response.json(error.detail);
  }),
  // What nobody expected may be anything.
  onError(500, (error) => {
    same<typeof error, unknown>(true);
    return new Response(null);
  }),
  // @ts-expect-error a handler answers
  onError(Broken, () => {}),
  // @ts-expect-error nobody can throw what is no class
  onError("Broken", () => new Response(null)),
];
router({ read }, { onError: handlers });
// @ts-expect-error errors are classes
router({ read }, { errors: [new NotFound()] });
