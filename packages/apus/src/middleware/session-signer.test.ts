// Signatures that itsdangerous 2.2 made, and what it says to others.
import { describe, expect, test } from "vitest";
import { SessionSigner } from "./session-signer.ts";

const secret = "0123456789abcdef0123456789abcdef";

test.each([
  [secret, "eyJ1c2VyIjogImFsaWNlIn0=", 1_700_000_000, "ZVPxAA.kvz_tyKHUctt5G8ZIKiCF9Vx8aY"],
  [
    "ключ, der länger als zweiunddreißig Bytes ist",
    "eyJjYXJ0IjogWyJcdTAwZTkiLCAxLCBudWxsLCB0cnVlLCAxLjVdfQ==",
    1,
    "AQ.MxMfD2bwreOq82q4efUrctmFutM",
  ],
  [secret, "e30=", 4_294_967_296, "AQAAAAA.dwq-ML4Ks1D3aDelJqkBBOfiQ78"],
])("under %j, %s at %i", async (key, payload, now, rest) => {
  const signer = new SessionSigner([key]);
  expect(await signer.sign(payload, now)).toBe(`${payload}.${rest}`);
  expect(await signer.unsign(`${payload}.${rest}`, 0, now)).toBe(payload);
});

describe("age", () => {
  test.each([
    [999, 60, undefined],
    [1000, 60, "e30="],
    [1060, 60, "e30="],
    [1061, 60, undefined],
    [999, null, "e30="],
    [9_999_999_999, null, "e30="],
  ])("signed at 1000, read at %i, %s seconds at most: %s", async (now, maxAge, found) => {
    const signer = new SessionSigner([secret]);
    expect(await signer.unsign(await signer.sign("e30=", 1000), maxAge, now)).toBe(found);
  });
});

test("the first secret signs, all are believed", async () => {
  const [old, next] = [secret, secret.toUpperCase()];
  const signed = await new SessionSigner([old]).sign("e30=", 1000);
  expect(await new SessionSigner([next]).unsign(signed, null, 1000)).toBe(undefined);
  expect(await new SessionSigner([next, old]).unsign(signed, null, 1000)).toBe("e30=");
  expect(await new SessionSigner([next, old]).sign("e30=", 1000)).toBe(
    await new SessionSigner([next]).sign("e30=", 1000),
  );
});

const signed = "eyJ1c2VyIjogImFsaWNlIn0=.ZVPxAA.kvz_tyKHUctt5G8ZIKiCF9Vx8aY";
const [payload, time, signature] = signed.split(".");

test.each([
  ["", "nothing"],
  ["null", "what a cleared session is"],
  [".", "a dot"],
  ["..", "two dots"],
  [`${payload}.${signature}`, "no time"],
  [`${payload}.${time}`, "no signature"],
  [`${payload}.${time}.`, "an empty signature"],
  [`A${signed.slice(1)}`, "another payload"],
  [`${payload}.ZVPxAB.${signature}`, "another time"],
  [signed.slice(0, -1), "a shorter signature"],
  [`${signed}x`, "a longer signature"],
  [signed.replace("kvz", "kvy"), "another signature"],
  [`${signed}.${time}.${signature}`, "more behind it"],
  [`x.${signed}`, "more before it"],
  [`${payload}.${time}.ké${signature!.slice(2)}`, "letters of no alphabet"],
])("%j is believed by nobody: %s", async (text) => {
  expect(await new SessionSigner([secret]).unsign(text, null, 1_700_000_000)).toBe(undefined);
});

test.each(["e30=", "e30=.", "e30=.!", "e30=.AAAAAAAAAAAAAA"])(
  "%s, signed, has no time that counts",
  async (stamped) => {
    const raw = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(`itsdangerous.Signersigner${secret}`));
    const hmac = { name: "HMAC", hash: "SHA-1" };
    const key = await crypto.subtle.importKey("raw", raw, hmac, false, ["sign"]);
    const made = Buffer.from(await crypto.subtle.sign(hmac, key, new TextEncoder().encode(stamped)));
    const text = `${stamped}.${made.toString("base64url")}`;
    expect(await new SessionSigner([secret]).unsign(text, null, 1000)).toBe(undefined);
  },
);
