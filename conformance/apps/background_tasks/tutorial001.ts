// Work that is done after the answer.
import { writeFile } from "node:fs/promises";
import { App, background, operationIds, post } from "apus";
import { z } from "zod";

async function writeNotification(email: string, message = ""): Promise<void> {
  await writeFile("log.txt", `notification for ${email}: ${message}`);
}

const sendNotification = post(
  "/send-notification/{email}",
  { input: { email: z.string(), background } },
  ({ email, background }) => {
    background.add(writeNotification, email, "some notification");
    return { message: "Notification sent in the background" };
  },
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  sendNotification,
});
