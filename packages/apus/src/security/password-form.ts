/** The form of OAuth 2's password flow (RFC 6749, section 4.3.2), as a dependency. The one file of its room that loads zod. */
import { z } from "zod";
import { ofThisCopy } from "../diagnostic/index.ts";
import { depends, type Dependency, type Flat } from "../dependency/index.ts";
import { form } from "../input/index.ts";
import type { WireType, ZodSchema } from "../schema/index.ts";
import { words } from "../wire/index.ts";

/** What a client logs in with. */
export interface PasswordForm {
  /** `"password"`, or null where the client left it out, which the standard does not allow and many do. */
  readonly grantType: "password" | null;
  readonly username: string;
  readonly password: string;
  /** The scopes it asks for: asking is not having. */
  readonly scopes: readonly string[];
  readonly clientId: string | null;
  readonly clientSecret: string | null;
}

/** The same where the standard is kept. */
export interface StrictPasswordForm extends PasswordForm {
  readonly grantType: "password";
}

/** A text that a 422 does not echo. */
function secretText(): z.ZodString {
  const text = z.string();
  const inner = z.string() as unknown as ZodSchema;
  const wire: WireType = {
    label: (of) => of(inner),
    holds: "one",
    secret: true,
    reader: (compile) => compile(inner),
    writer: (compile) => compile(inner),
    shape: (describe) => describe(inner),
  };
  Object.assign(text._zod.def, { wire: ofThisCopy(wire) });
  return text;
}

const grantType = z.string().regex(/^password$/);
/** Shown as dots by the documentation page. */
const asPassword = { format: "password" };
const optionalText = (text: z.ZodString): z.ZodDefault<z.ZodNullable<z.ZodString>> => text.nullable().default(null);

const lax = {
  grant_type: form(optionalText(grantType)),
  username: form(z.string()),
  password: form(secretText().meta(asPassword)),
  scope: form(z.string().default("")),
  client_id: form(optionalText(z.string())),
  client_secret: form(optionalText(secretText()).meta(asPassword)),
};

// FastAPI's strict form says nothing of `format`.
const strict = {
  grant_type: form(grantType),
  username: form(z.string()),
  password: form(secretText()),
  scope: form(z.string().default("")),
  client_id: form(optionalText(z.string())),
  client_secret: form(optionalText(secretText())),
};

interface Fields {
  readonly username: string;
  readonly password: string;
  readonly scope: string;
  readonly client_id: string | null;
  readonly client_secret: string | null;
}

function formOf<G>(grantType: G, { username, password, scope, client_id, client_secret }: Fields) {
  return { grantType, username, password, scopes: words(scope), clientId: client_id, clientSecret: client_secret };
}

/**
 * Name and password as `application/x-www-form-urlencoded`, for the operation that `oauth2Password` names as its `tokenUrl`.
 * Wrong forms are answered 422; neither the password nor the client's secret is echoed. Nothing is checked: see
 * `secretsEqual` on what to keep of passwords.
 *
 * @example
 * const login = post("/token", { input: { login: passwordForm } }, async ({ login }) => {
 *   const user = await verified(login.username, login.password);
 *   return { access_token: tokenFor(user), token_type: "bearer" };
 * });
 */
export const passwordForm: Dependency<PasswordForm, never, "request", Flat<typeof lax>> = depends(
  lax,
  // The pattern allows nothing else.
  (fields): PasswordForm => formOf(fields.grant_type as "password" | null, fields),
  { name: "passwordForm" },
);

/** The same where `grant_type=password` has to be sent, as the standard says. */
export const passwordFormStrict: Dependency<StrictPasswordForm, never, "request", Flat<typeof strict>> = depends(
  strict,
  (fields): StrictPasswordForm => formOf(fields.grant_type as "password", fields),
  { name: "passwordFormStrict" },
);
