/** The testing room: asking an App in process. */
export { testClient, type TestClient } from "./test-client.ts";
export type { TestClientOptions } from "./client-options.ts";
export type { Cookie, CookieAttributes, CookieJar } from "./cookie-jar.ts";
export type { TestRequest } from "./outbound.ts";
export type { TestFile } from "./multipart-body.ts";
export type { TestBody } from "./request-body.ts";
export type { SetCookie } from "./set-cookie.ts";
export { WebSocketDenial, type TestWebSocket, type TestWebSocketInit } from "./test-websocket.ts";
export type { TestStream } from "./test-stream.ts";
export type { TestResponse } from "./test-response.ts";
