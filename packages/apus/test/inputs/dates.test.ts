// Dates, times and durations from every place of a request, and back in an answer; the expected answers are FastAPI's.
import { App } from "apus";
import { types } from "apus/types";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

const Event = z.object({
  at: types.datetime({ aware: true }),
  day: types.date(),
  opens: types.time(),
  lasts: types.duration(),
  seen: types.datetime({ as: "Date" }).nullable().default(null),
});

scenarios("dates and times", (ask) => {
  test("from the path and the query, converted as FastAPI converts", async () => {
    const app = new App();
    const input = { day: types.date(), after: types.datetime(), wait: types.duration().default(0) };
    app.get("/days/{day}", { input }, (found) => found);
    expect((await ask(app, "GET /days/2020-01-01T00:00?after=1577836800&wait=1%20day")).json()).toEqual({
      day: "2020-01-01",
      after: "2020-01-01T00:00:00+00:00",
      wait: 86_400,
    });
    const refused = await ask(app, "GET /days/20200101?after=2020-01-01T25:00&wait=1");
    expect(refused.status).toBe(422);
    expect(refused.json().detail).toEqual([
      {
        type: "date_from_datetime_inexact",
        loc: ["path", "day"],
        msg: "Datetimes provided to dates should have zero time - e.g. be exact dates",
        input: "20200101",
      },
      {
        type: "datetime_from_date_parsing",
        loc: ["query", "after"],
        msg: "Input should be a valid datetime or date, unexpected extra characters at the end of the input",
        input: "2020-01-01T25:00",
        ctx: { error: "unexpected extra characters at the end of the input" },
      },
      {
        type: "time_delta_parsing",
        loc: ["query", "wait"],
        msg: 'Input should be a valid timedelta, "day" identifier in duration not correctly formatted',
        input: "1",
        ctx: { error: '"day" identifier in duration not correctly formatted' },
      },
    ]);
  });

  test("through a body and an answer, exact to the microsecond and with the offset", async () => {
    const app = new App();
    app.post("/events", { input: { event: Event }, output: Event }, ({ event }) => event);
    const sent = { at: "2018-12-22T14:00:00.123456+05:30", day: 0, opens: 3600, lasts: "36:00:00.5" };
    expect((await ask(app, "POST /events", { json: sent })).json()).toEqual({
      at: "2018-12-22T14:00:00.123456+05:30",
      day: "1970-01-01",
      opens: "01:00:00Z",
      lasts: "P1DT12H0.5S",
      seen: null,
    });
    const dated = { at: 0, day: "2020-01-01", opens: "12:00", lasts: 0, seen: "2020-01-01" };
    expect((await ask(app, "POST /events", { json: dated })).json()).toEqual({
      at: "1970-01-01T00:00:00Z",
      day: "2020-01-01",
      opens: "12:00:00",
      lasts: "PT0S",
      seen: "2020-01-01T00:00:00Z",
    });
  });

  test("in the document", () => {
    const app = new App();
    app.get("/", { input: { lasts: types.duration({ max: "P1D" }) } }, () => null);
    expect(JSON.stringify(app.openapi())).toContain('"schema":{"type":"string","format":"duration"}');
  });
});
