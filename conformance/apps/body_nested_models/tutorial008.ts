// A list of models is the whole body.
import { App, operationIds, post } from "apus";
import { types } from "apus/types";
import { z } from "zod";

const Image = z.object({ url: types.httpUrl(), name: z.string() }).meta({ id: "Image" });

const createMultipleImages = post("/images/multiple/", { input: { images: z.array(Image) } }, ({ images }) => images);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  createMultipleImages,
});
