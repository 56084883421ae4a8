// The document and its pages, where a setting says so.
import { App, get, operationIds } from "apus";
import { settings } from "apus/settings";
import { z } from "zod";

const { openapiUrl } = settings(z.object({ openapiUrl: z.string().default("/openapi.json") })).read();

const root = get("/", () => ({ message: "Hello World" }));

export const app = new App({
  title: "FastAPI",
  version: "0.1.0",
  operationId: operationIds.fastapi,
  openapiUrl: openapiUrl === "" ? null : openapiUrl,
}).include({ root });
