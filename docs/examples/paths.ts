// Paths with text around their parameters, several parameters in one segment, and something behind the rest of a path.
import { App, get, router } from "apus";
import { z } from "zod";

const readSheet = get("/sheets/{name}.json", { input: { name: z.string() } }, ({ name }) => ({ name }));

const readPlace = get(
  "/places/{lat:float},{lon:float}", // /places/52.5,13.4
  { input: { lat: z.number(), lon: z.number() } },
  ({ lat, lon }) => ({ lat, lon }),
);

const listVersions = get(
  "/files/{file:path}/versions", // /files/2026/march.csv/versions
  { input: { file: z.string() } },
  ({ file }) => ({ file }),
);

export const app = new App({ title: "Paths" }).include(router({ readSheet, readPlace, listVersions }));
