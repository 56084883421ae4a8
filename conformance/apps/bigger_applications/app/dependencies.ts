// What the routers require of every request.
import { HTTPException, depends, header } from "apus";
import { z } from "zod";

export const getTokenHeader = depends({ x_token: header(z.string()) }, ({ x_token }) => {
  if (x_token !== "fake-super-secret-token") throw new HTTPException(400, "X-Token header invalid");
});

export const getQueryToken = depends({ token: z.string() }, ({ token }) => {
  if (token !== "jessica") throw new HTTPException(400, "No Jessica token provided");
});
