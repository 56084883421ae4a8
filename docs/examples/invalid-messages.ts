import { App, MessageValidationError, socket } from "apus";
import { z } from "zod";

const Change = z.object({ x: z.int(), y: z.int() });

const draw = socket("/draw", { receive: Change }, async (_, socket) => {
  for (;;) {
    try {
      const { x, y } = await socket.receive();
      await socket.sendJson({ x, y });
    } catch (error) {
      // Told, and not closed: the next message may be right.
      if (!(error instanceof MessageValidationError)) throw error;
      await socket.sendJson({ errors: error.errors() });
    }
  }
});

export const app = new App().include({ draw });
