// What the types say of how long dependencies live, what they provide, and which uses must not compile.
import {
  App,
  background,
  connection,
  depends,
  get,
  httpError,
  provide,
  request,
  requiredScopes,
  response,
  security,
  signal,
  type Background,
  type Connection,
  type Dependency,
  type HttpRequest,
  type RequiredScopes,
  type ResponseDraft,
} from "apus";
import { z } from "zod";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};
type ScopeOf<D> = D extends Dependency<unknown, unknown, infer S> ? S : never;
type ProvidedBy<D> = D extends Dependency<infer T> ? T : never;
type RaisedBy<D> = D extends Dependency<unknown, infer E> ? E : never;

const pool = depends(() => "pool", { scope: "app" });
const session = depends(
  { pool },
  async function* ({ pool }) {
    yield { on: pool };
  },
  { scope: "function" },
);
const unit = depends(function* () {
  yield 1;
});

// ------------------------------------------------------------------------------------------------ scopes
same<ScopeOf<typeof pool>, "app">(true);
same<ScopeOf<typeof session>, "function">(true);
same<ScopeOf<typeof unit>, "request">(true);
const constant = depends(() => 1);
const ofPool = depends({ pool }, ({ pool }) => pool.length);
const ofUnit = depends({ unit, pool }, ({ unit }) => unit);
const ofSession = depends({ unit, session, pool }, ({ session }) => session.on);
const deeper = depends({ ofSession, constant });
const ofInput = depends({ q: z.string() }, ({ q }) => q);
const ofRequest = depends({ request }, ({ request }) => request.path);
same<ScopeOf<typeof constant>, "app">(true);
same<ScopeOf<typeof ofPool>, "app">(true);
same<ScopeOf<typeof ofUnit>, "request">(true);
same<ScopeOf<typeof ofSession>, "function">(true);
same<ScopeOf<typeof deeper>, "function">(true);
same<ScopeOf<typeof ofInput>, "request">(true);
same<ScopeOf<typeof ofRequest>, "request">(true);

const run = function* () {
  yield 1;
};
depends({ ofPool, constant }, run, { scope: "app" });
depends({ ofUnit, ofInput }, run, { scope: "request" });
depends({ deeper, ofUnit, pool }, run, { scope: "function" });
// @ts-expect-error a generator of the request uses what exits before the answer
depends({ ofSession }, run);
// @ts-expect-error however deep
depends({ deeper }, run, { scope: "request" });
// @ts-expect-error what the app keeps uses what a request made
depends({ ofUnit }, () => 1, { scope: "app" });
// @ts-expect-error what the app keeps uses an input
depends({ ofInput }, () => 1, { scope: "app" });
// @ts-expect-error what the app keeps uses the request
depends({ ofRequest }, () => 1, { scope: "app" });
for (const value of [background, connection, request, requiredScopes, response, signal]) {
  // @ts-expect-error a value of the framework belongs to one request
  depends({ value }, () => 1, { scope: "app" });
}
// @ts-expect-error no scope at all
depends(run, { scope: "session" });
// @ts-expect-error the lifespan lives as long as the app
void new App({ lifespan: unit });
void new App({ lifespan: pool });

// ------------------------------------------------------------------------------------------------ values
same<ProvidedBy<typeof background>, Background>(true);
same<ProvidedBy<typeof connection>, Connection>(true);
same<ProvidedBy<typeof request>, HttpRequest>(true);
same<ProvidedBy<typeof requiredScopes>, RequiredScopes>(true);
same<ProvidedBy<typeof response>, ResponseDraft>(true);
same<ProvidedBy<typeof signal>, AbortSignal>(true);
const later = depends(async () => ({ a: 1 }));
const wrapped = depends(() => provide(new Map<string, number>().keys()));
const whole = depends({ ofPool, ofInput });
same<ProvidedBy<typeof later>, { a: number }>(true);
same<ProvidedBy<typeof wrapped>, MapIterator<string>>(true);
same<ProvidedBy<typeof unit>, number>(true);
same<ProvidedBy<typeof session>, { on: string }>(true);
same<ProvidedBy<typeof whole>, { ofPool: number; ofInput: string }>(true);

// ------------------------------------------------------------------------------------------------ errors and security()
const Missing = httpError(404, "Missing");
const Closed = httpError(403, "Closed");
const loaded = depends({ ofInput }, () => 1, { errors: [Missing] });
const admitted = depends({ loaded, requiredScopes }, () => "user", { errors: [Closed] });
same<RaisedBy<typeof admitted>["status"], 403 | 404>(true);
const secured = security(admitted, ["a"]);
same<typeof secured, typeof admitted>(true);
get("/", { input: { user: security(admitted, ["a"]), other: loaded } }, ({ user, other }) => {
  same<typeof user, string>(true);
  same<typeof other, number>(true);
});
// @ts-expect-error scopes are a list
security(admitted, "a");
// @ts-expect-error a function is no dependency
security(() => 1, []);
// @ts-expect-error a guard is a dependency
get("/", { dependencies: [() => 1] }, () => 1);
