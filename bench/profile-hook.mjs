// Loaded into a server by profile.mjs (--import): records a CPU profile between two messages of the parent process.
import { Session } from "node:inspector/promises";

const session = new Session();
session.connect();
process.on("message", async (message) => {
  if (message === "start") {
    await session.post("Profiler.enable");
    await session.post("Profiler.setSamplingInterval", { interval: 200 }); // microseconds
    await session.post("Profiler.start");
    process.send("started");
  } else if (message === "stop") {
    process.send((await session.post("Profiler.stop")).profile);
  }
});
process.channel.unref();
