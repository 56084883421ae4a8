// A status that depends on what the handler finds.
import { App, operationIds, put, response } from "apus";
import { z } from "zod";

const tasks = new Map([["foo", "Listen to the Bar Fighters"]]);

const getOrCreateTask = put(
  "/get-or-create-task/{task_id}",
  { input: { task_id: z.string(), response } },
  ({ task_id, response }) => {
    if (!tasks.has(task_id)) {
      tasks.set(task_id, "This didn't exist before");
      response.status = 201;
    }
    return tasks.get(task_id);
  },
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  getOrCreateTask,
});
