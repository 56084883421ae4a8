import { App, get, operationIds, post } from "apus";
import { types } from "apus/types";
import { z } from "zod";

const Subscription = z
  .object({ username: z.string(), monthly_fee: z.number(), start_date: types.datetime() })
  .meta({ id: "Subscription" });

const newSubscription = post("new-subscription", {
  input: { body: Subscription },
  description: `When a new user subscribes to your service we'll send you a POST request with this
data to the URL that you register for the event \`new-subscription\` in the dashboard.`,
});

const readUsers = get("/users/", () => ["Rick", "Morty"]);

export const app = new App({
  title: "FastAPI",
  operationId: operationIds.fastapi,
  webhooks: { newSubscription },
}).include({ readUsers });
