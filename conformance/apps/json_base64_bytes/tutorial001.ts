// Bytes that travel as base64.
import { App, get, operationIds, post } from "apus";
import { types } from "apus/types";
import { z } from "zod";

const fields = { description: z.string(), data: types.base64() };
const DataInput = z.object(fields).meta({ id: "DataInput" });
const DataOutput = z.object(fields).meta({ id: "DataOutput" });
const DataInputOutput = z.object(fields).meta({ id: "DataInputOutput" });

const postData = post("/data", { input: { body: DataInput } }, ({ body: { description, data } }) => ({
  description,
  content: new TextDecoder().decode(data),
}));

const getData = get("/data", { output: DataOutput }, () => ({
  description: "A plumbus",
  data: new TextEncoder().encode("hello"),
}));

const postDataInOut = post(
  "/data-in-out",
  { input: { body: DataInputOutput }, output: DataInputOutput },
  ({ body }) => body,
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  postData,
  getData,
  postDataInOut,
});
