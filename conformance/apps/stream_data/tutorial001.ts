// Text and bytes that are sent piece by piece.
import { App, get, operationIds, stream } from "apus";

const lines = [
  "",
  "Rick: (stumbles in drunkenly, and turns on the lights) Morty! You gotta come on. You got--... you gotta come with me.",
  "Morty: (rubs his eyes) What, Rick? What's going on?",
  "Rick: I got a surprise for you, Morty.",
  "Morty: It's the middle of the night. What are you talking about?",
  "Rick: (spills alcohol on Morty's bed) Come on, I got a surprise for you. (drags Morty by the ankle) Come on, hurry up. (pulls Morty out of his bed and into the hall)",
  "Morty: Ow! Ow! You're tugging me too hard!",
  "Rick: We gotta go, gotta get outta here, come on. Got a surprise for you Morty.",
];

async function* story() {
  for (const line of lines) yield line;
}

function* storyNoAsync() {
  yield* lines;
}

const encoder = new TextEncoder();

async function* storyBytes() {
  for (const line of lines) yield encoder.encode(line);
}

function* storyNoAsyncBytes() {
  for (const line of lines) yield encoder.encode(line);
}

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  streamStory: get("/story/stream", { as: stream }, story),
  streamStoryNoAsync: get("/story/stream-no-async", { as: stream }, storyNoAsync),
  streamStoryNoAnnotation: get("/story/stream-no-annotation", { as: stream }, story),
  streamStoryNoAsyncNoAnnotation: get("/story/stream-no-async-no-annotation", { as: stream }, storyNoAsync),
  streamStoryBytes: get("/story/stream-bytes", { as: stream }, storyBytes),
  streamStoryNoAsyncBytes: get("/story/stream-no-async-bytes", { as: stream }, storyNoAsyncBytes),
  streamStoryNoAnnotationBytes: get("/story/stream-no-annotation-bytes", { as: stream }, storyBytes),
  streamStoryNoAsyncNoAnnotationBytes: get(
    "/story/stream-no-async-no-annotation-bytes",
    { as: stream },
    storyNoAsyncBytes,
  ),
});
