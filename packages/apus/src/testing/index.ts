/** The testing room: asking an App in process. */
export {
  testClient,
  type TestClient,
  type TestClientOptions,
  type TestRequest,
  type TestResponse,
} from "./test-client.ts";
