// A feed of measurements: clients say what they want to hear of, and hear of it until they leave.
import { App, post, rooms, socket } from "apus";
import { httpBearer } from "apus/security";
import { z } from "zod";

const Wanted = z.object({ station: z.string() }).meta({ id: "Wanted", description: "What to hear of from now on" });
const Measured = z
  .object({ station: z.string(), celsius: z.number().meta({ examples: [21.5] }) })
  .meta({ id: "Measured", description: "A measurement, as soon as it is there" });

const measurements = rooms(Measured);

const feed = socket(
  "/regions/{region}/feed",
  {
    input: { region: z.enum(["north", "south"]).describe("Whose stations"), measurements },
    receive: Wanted,
    send: Measured,
    dependencies: [httpBearer()],
    summary: "Follow measurements",
  },
  async ({ region, measurements }, socket) => {
    for await (const { station } of socket) measurements.join(`${region} ${station}`, socket);
  },
);

const measure = post(
  "/regions/{region}/measurements",
  { input: { region: z.enum(["north", "south"]), measured: Measured, measurements } },
  ({ region, measured, measurements }) => measurements.broadcast(`${region} ${measured.station}`, measured),
);

export const app = new App({
  title: "Weather",
  version: "1.0.0",
  servers: [{ url: "https://weather.example.com/v1" }],
}).include({ feed, measure });
