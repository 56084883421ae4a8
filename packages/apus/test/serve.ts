/**
 * `serve` as the tests call it: APUS_TEST_ENGINE names what reads HTTP where a test does not say so itself. scripts/suite.test.mjs
 * proves for every run that this is so, and that the tests take `serve` from here.
 */
import type { App } from "apus";
import { serve as serveOn, type ServeOptions, type Serving } from "apus/server";

/** As it was given: `serve` refuses an engine that there is not. */
const asked = process.env["APUS_TEST_ENGINE"] as ServeOptions["engine"];

export function serve(app: App, options: ServeOptions = {}): Promise<Serving> {
  return serveOn(app, { ...options, engine: options.engine ?? asked });
}
