import { expect, test } from "vitest";
import { isNavigation } from "./navigation.ts";

test.each([
  "text/html",
  "TEXT/HTML",
  "application/xhtml+xml",
  "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
  "text/html; charset=utf-8; q=0.8",
  "text/html;q=wat",
  "text/html;q=",
  "text/html;q",
  "text/html;q=0.001",
  "text/html;q=0, application/xhtml+xml",
  "text/html;q=1;q=0",
  "*/*, text/html",
])("%s opens a page", (accept) => expect(isNavigation(accept)).toBe(true));

test.each([
  "",
  "*/*",
  "text/*",
  "application/json",
  "text/css,*/*;q=0.1",
  "text/html;q=0",
  "text/html;q=0.0",
  "text/html; Q=0.000",
  'text/html;q="0"',
  "text/html; q=0, */*; q=1",
  "application/xhtml+xml;q=0",
  "text/html/x",
  "text/htmlx",
  "x; a=text/html",
])("%s does not", (accept) => expect(isNavigation(accept)).toBe(false));
