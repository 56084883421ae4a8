// A middleware that tells how long an answer took, in an application without operations.
import { App, around, operationIds } from "apus";

const processTime = around(async (_, next) => {
  const start = performance.now();
  const answer = await next();
  answer.headers.set("X-Process-Time", String((performance.now() - start) / 1000));
  return answer;
}, "processTime");

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  middleware: [processTime],
});
