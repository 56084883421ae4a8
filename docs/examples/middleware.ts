import { App, get, request } from "apus";
import { cors, httpsRedirect, requestId, securityHeaders, timing, trustedHosts } from "apus/middleware";

const whoAmI = get("/", { input: { request } }, (given) => ({ id: given.request.id }));

export const app = new App({
  // The first is outermost: what the last one answers goes out through all the others.
  middleware: [
    requestId(),
    cors({
      allowOrigins: ["https://app.example.com", "http://localhost:5173"],
      allowOriginRegex: /https:\/\/[\w-]+\.preview\.example\.com/,
      allowMethods: ["*"],
      allowHeaders: ["Authorization"],
      allowCredentials: true,
    }),
    trustedHosts({ allowedHosts: ["api.example.com", "*.internal.example.com"] }),
    httpsRedirect(),
    securityHeaders({ permissionsPolicy: "camera=(), microphone=()" }),
    timing({ header: "x-process-time" }),
  ],
  // Who ends TLS in front of the app: httpsRedirect and securityHeaders go by its word.
  trustedProxies: ["10.0.0.0/8"],
}).include(whoAmI);
