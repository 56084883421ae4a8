// A status that depends on what the handler finds.
import { App, json, operationIds, put } from "apus";
import { z } from "zod";

const tasks = new Map([["foo", "Listen to the Bar Fighters"]]);

const getOrCreateTask = put("/get-or-create-task/{task_id}", { input: { task_id: z.string() } }, ({ task_id }) => {
  const known = tasks.get(task_id);
  if (known !== undefined) return known;
  const created = "This didn't exist before";
  tasks.set(task_id, created);
  return json(created, { status: 201 });
});

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  getOrCreateTask,
});
