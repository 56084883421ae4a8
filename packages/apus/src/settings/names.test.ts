import { expect, test } from "vitest";
import { variableName } from "./names.ts";

test.each([
  ["itemsPerUser", "ITEMS_PER_USER"],
  ["items_per_user", "ITEMS_PER_USER"],
  ["ITEMS_PER_USER", "ITEMS_PER_USER"],
  ["debug", "DEBUG"],
  ["databaseURL", "DATABASE_URL"],
  ["apiURLPrefix", "API_URL_PREFIX"],
  ["HTTPPort", "HTTP_PORT"],
  ["s3Bucket", "S3_BUCKET"],
  ["x509Cert", "X509_CERT"],
  ["retry2", "RETRY2"],
  ["log-level", "LOG_LEVEL"],
  ["größeMax", "GRÖSSE_MAX"],
  ["_private", "_PRIVATE"],
])("%s is read from %s", (key, name) => expect(variableName(key)).toBe(name));
