// The measured routes: how each is loaded, what every server must answer to it, and what those that validate must refuse.
// What is posted is read from the scripts that wrk runs, so that what is checked is what is measured.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rows } from "./baselines/real/shared.mjs";

const postScript = fileURLToPath(new URL("./baselines/post.lua", import.meta.url));
const posted = /wrk\.body='(.*)'/.exec(readFileSync(postScript, "utf8"))?.[1];
const realScript = fileURLToPath(new URL("./baselines/real/post.lua", import.meta.url));
const realSource = readFileSync(realScript, "utf8");
const changes = /wrk\.body=(".*")/.exec(realSource)?.[1];
const authorization = /wrk\.headers\["Authorization"\]="(.*)"/.exec(realSource)?.[1];
if (posted === undefined || changes === undefined || authorization === undefined) {
  throw new Error("The scripts for wrk in baselines/ have no body or no token");
}

/**
 * @typedef {object} Answer one request and the answer expected to it
 * @property {string} method
 * @property {string} path
 * @property {string} [body] sent as application/json
 * @property {Record<string, string>} [sends] other headers of the request
 * @property {number} status
 * @property {unknown} json
 * @property {Record<string, string | RegExp>} [headers] the answer must have
 * @property {string} [fresh] the name of a header whose value must be another one for every request
 *
 * @typedef {object} Refusal a request that a server must not carry out
 * @property {string} why
 * @property {string} method
 * @property {string} path
 * @property {string} [body]
 * @property {Record<string, string>} [sends]
 *
 * @typedef {object} Route
 * @property {string} name
 * @property {string} target what wrk asks for
 * @property {string} [script] the wrk script to run
 * @property {Answer[]} answers expected of every server
 * @property {Answer[]} filtered expected of every validating server
 * @property {Refusal[]} denied with 401 by every server
 * @property {Refusal[]} refusals expected of every validating server, with a 4xx status
 */

const item = JSON.parse(posted);
const without = (name) => JSON.stringify({ ...item, [name]: undefined });
const changed = (change) => JSON.stringify({ ...item, ...change });
const refusedItem = (why, body) => ({ why, method: "POST", path: "/items", body });

const fields = JSON.parse(JSON.parse(changes));
const realPath = "/orgs/acme/items/42?limit=50&q=abc";
const listed = rows.map(({ secret: _secret, hash: _hash, ...shown }) => shown);
const real = { method: "POST", path: realPath, body: JSON.stringify(fields), sends: { authorization } };
const realAnswer = {
  ...real,
  status: 200,
  json: listed,
  headers: {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "x-request-id": /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  },
  fresh: "x-request-id",
};
const changedFields = (change) => ({ ...real, body: JSON.stringify({ ...fields, ...change }) });
const cut = `Bearer ${authorization.slice(7).replace(/\.[^.]*$/, ".AAAA")}`;
const forged = authorization.replace(/\.[^.]*\./, `.${Buffer.from('{"sub":"root","exp":4e9}').toString("base64url")}.`);

/** @type {Route[]} */
export const routes = [
  {
    name: "hello",
    target: "/hello",
    answers: [{ method: "GET", path: "/hello", status: 200, json: { message: "Hello World" } }],
    filtered: [],
    denied: [],
    refusals: [],
  },
  {
    name: "get",
    target: "/items/42?q=abc",
    answers: [
      { method: "GET", path: "/items/42?q=abc", status: 200, json: { item_id: 42, q: "abc" } },
      { method: "GET", path: "/items/7", status: 200, json: { item_id: 7, q: null } },
    ],
    filtered: [],
    denied: [],
    refusals: [
      { why: "item_id below 1", method: "GET", path: "/items/0" },
      { why: "item_id is no number", method: "GET", path: "/items/x" },
      { why: "q longer than 50 characters", method: "GET", path: `/items/42?q=${"a".repeat(51)}` },
    ],
  },
  {
    name: "post",
    target: "/items",
    script: postScript,
    answers: [{ method: "POST", path: "/items", body: posted, status: 201, json: item }],
    filtered: [{ method: "POST", path: "/items", body: changed({ undeclared: 1 }), status: 201, json: item }],
    denied: [],
    refusals: [
      refusedItem("name is missing", without("name")),
      refusedItem("name is empty", changed({ name: "" })),
      refusedItem("price is not above 0", changed({ price: 0 })),
      refusedItem("an image has no name", changed({ images: [{ url: "http://example.com/a.jpg" }] })),
    ],
  },
  {
    name: "real",
    target: realPath,
    script: realScript,
    answers: [realAnswer],
    filtered: [
      { ...realAnswer, body: changedFields({ undeclared: 1 }).body },
      { ...realAnswer, path: "/orgs/acme/items/1" },
    ],
    denied: [
      { ...real, why: "no token", sends: {} },
      { ...real, why: "another scheme", sends: { authorization: authorization.replace("Bearer", "Basic") } },
      { ...real, why: "a signature of another length", sends: { authorization: cut } },
      { ...real, why: "claims that were not signed", sends: { authorization: forged } },
    ],
    refusals: [
      { ...real, why: "id below 1", path: "/orgs/acme/items/0" },
      { ...real, why: "id is no number", path: "/orgs/acme/items/x" },
      { ...real, why: "org longer than 40 characters", path: `/orgs/${"a".repeat(41)}/items/42` },
      { ...real, why: "limit above 100", path: "/orgs/acme/items/42?limit=101" },
      { ...real, why: "limit is no number", path: "/orgs/acme/items/42?limit=x" },
      { ...real, why: "q longer than 50 characters", path: `/orgs/acme/items/42?q=${"a".repeat(51)}` },
      { ...changedFields({ f19: undefined }), why: "f19 is missing" },
      { ...changedFields({ f0: "" }), why: "f0 is empty" },
      { ...changedFields({ f0: "a".repeat(101) }), why: "f0 is longer than 100 characters" },
      { ...changedFields({ f1: "many" }), why: "f1 is no number" },
      { ...changedFields({ f2: "perhaps" }), why: "f2 is neither true nor false" },
      { ...real, why: "a body that is not JSON", body: "{" },
    ],
  },
];
