import { expect, test } from "vitest";
import { mediaTypeOf } from "./media-types.ts";

test.each([
  ["index.html", "text/html"],
  ["/srv/site/INDEX.HTM", "text/html"],
  ["app.mjs", "text/javascript"],
  ["data.json", "application/json"],
  ["a.b/photo.jpeg", "image/jpeg"],
  ["C:\\photos\\a.PNG", "image/png"],
  ["file:///srv/video.mp4", "video/mp4"],
  ["archive.tar.gz", "application/gzip"],
  ["font.woff2", "font/woff2"],
  // What the ending does not tell.
  ["README", "application/octet-stream"],
  ["a.html/README", "application/octet-stream"],
  ["dots.", "application/octet-stream"],
  [".html", "application/octet-stream"],
  ["/srv/.json", "application/octet-stream"],
  ["program.exe", "application/octet-stream"],
  ["a.constructor", "application/octet-stream"],
  ["a.__proto__", "application/octet-stream"],
  ["", "application/octet-stream"],
])("%j is %s", (name, type) => expect(mediaTypeOf(name)).toBe(type));
