// Events in answer to a POST, the last of them text that is no JSON.
import { App, event, events, operationIds, post } from "apus";
import { z } from "zod";

const Prompt = z.object({ text: z.string() }).meta({ id: "Prompt" });

const streamChat = post("/chat/stream", { input: { prompt: Prompt }, output: events() }, async function* ({ prompt }) {
  for (const word of prompt.text.split(/\s+/).filter(Boolean)) yield event({ data: word, event: "token" });
  yield event({ rawData: "[DONE]", event: "done" });
});

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  streamChat,
});
