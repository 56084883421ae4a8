// The document and its pages for colleagues alone, with a page that suits a long list of operations.
import { App, depends, get } from "apus";
import { httpBasic, NotAuthenticated, secretsEqual } from "apus/security";

const basic = httpBasic({ realm: "Documentation" });

const colleague = depends({ basic }, ({ basic: { username, password } }) => {
  // In earnest from the environment.
  const known = secretsEqual(password, "correct horse battery staple");
  if (known && username === "team") return;
  throw new NotAuthenticated(undefined, { headers: { "WWW-Authenticate": 'Basic realm="Documentation"' } });
});

const items = get("/items", () => ["lamp"]);

export const app = new App({
  title: "Shop",
  docsUrl: "/documentation",
  docsDependencies: [colleague],
  swaggerUiParameters: { docExpansion: "none", filter: true, tryItOutEnabled: true },
  swaggerUiInitOauth: { clientId: "documentation", usePkceWithAuthorizationCodeGrant: true },
}).include({ items });
