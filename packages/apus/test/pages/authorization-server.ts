// A small authorization server on an origin of its own: the authorization-code flow of OAuth 2.0 (RFC 6749) with PKCE (RFC 7636).
import { createHash, randomBytes } from "node:crypto";
import { App, form, get, html, HTTPException, post, query, router } from "apus";
import { cors } from "apus/middleware";
import { z } from "zod";
import { served } from "./shop.ts";

export interface AuthorizationServer {
  readonly origin: string;
  /** What was asked of `/token`. */
  readonly exchanges: readonly { readonly redirectUri: string; readonly verified: boolean }[];
}

/**
 * Serves it until the test has finished. Whoever clicks "Allow" is signed in.
 *
 * @param state Changes the `state` that is sent back, as a forged answer would.
 */
export async function authorizationServer(state = (sent: string): string => sent): Promise<AuthorizationServer> {
  const asked = new Map<string, { challenge: string; redirectUri: string }>();
  const exchanges: { redirectUri: string; verified: boolean }[] = [];
  const text = z.string();
  const authorize = get(
    "/authorize",
    {
      input: {
        redirectUri: query(text, { alias: "redirect_uri" }),
        challenge: query(text, { alias: "code_challenge" }),
        method: query(z.literal("S256"), { alias: "code_challenge_method" }),
        sent: query(text, { alias: "state" }),
      },
    },
    ({ redirectUri, challenge, sent }) => {
      const code = randomBytes(8).toString("hex");
      asked.set(code, { challenge, redirectUri });
      const back = new URL(redirectUri);
      back.search = String(new URLSearchParams({ code, state: state(sent) }));
      return html(
        `<!doctype html><title>Sign in</title><link rel="icon" href="data:,"><a href="${back.href.replaceAll("&", "&amp;")}">Allow</a>`,
      );
    },
  );
  const token = post(
    "/token",
    {
      input: {
        code: form(text),
        redirectUri: form(text, { alias: "redirect_uri" }),
        verifier: form(text, { alias: "code_verifier" }),
      },
    },
    ({ code, redirectUri, verifier }) => {
      const request = asked.get(code);
      const challenge = createHash("sha256").update(verifier).digest("base64url");
      const verified = request?.challenge === challenge && request.redirectUri === redirectUri;
      exchanges.push({ redirectUri, verified });
      if (!verified) throw new HTTPException(400, "invalid_grant");
      return { access_token: `token for ${code.length} digits`, token_type: "bearer" };
    },
  );
  const app = new App({
    title: "Sign in",
    docsUrl: null,
    redocUrl: null,
    middleware: [
      cors({ allowOrigins: ["*"], allowMethods: ["POST"], allowHeaders: ["Authorization", "X-Requested-With"] }),
    ],
  });
  const { url } = await served(app.include(router({ authorize, token })));
  return { origin: url, exchanges };
}
