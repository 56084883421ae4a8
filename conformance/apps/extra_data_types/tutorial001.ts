// UUIDs, moments, durations and times of day.
import { App, body, operationIds, put } from "apus";
import { types } from "apus/types";
import { z } from "zod";

const readItems = put(
  "/items/{item_id}",
  {
    input: {
      item_id: z.uuid(),
      start_datetime: body(types.datetime({ as: "Date" })),
      end_datetime: body(types.datetime({ as: "Date" })),
      process_after: body(types.duration()),
      repeat_at: body(types.time().nullable().default(null)),
    },
  },
  (values) => {
    const start_process = new Date(values.start_datetime.getTime() + values.process_after * 1000);
    const duration = (values.end_datetime.getTime() - start_process.getTime()) / 1000;
    return { ...values, start_process, duration };
  },
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  readItems,
});
