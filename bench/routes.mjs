// The measured routes: how each is loaded, what every server must answer to it, and what those that validate must
// refuse. The body that is posted is the one in baselines/post.lua, so that what is checked is what is measured.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const postScript = fileURLToPath(new URL("./baselines/post.lua", import.meta.url));
const posted = /wrk\.body='(.*)'/.exec(readFileSync(postScript, "utf8"))?.[1];
if (posted === undefined) throw new Error("baselines/post.lua has no line wrk.body='…'");

/**
 * @typedef {object} Answer one request and the answer expected to it
 * @property {string} method
 * @property {string} path
 * @property {string} [body] sent as application/json
 * @property {number} status
 * @property {unknown} json
 *
 * @typedef {object} Refusal a request that a validating server must answer with a 4xx status
 * @property {string} why
 * @property {string} method
 * @property {string} path
 * @property {string} [body]
 *
 * @typedef {object} Route
 * @property {string} name
 * @property {string} target what wrk asks for
 * @property {string} [script] the wrk script to run
 * @property {Answer[]} answers expected of every server
 * @property {Answer[]} filtered expected of every validating server
 * @property {Refusal[]} refusals expected of every validating server
 */

const item = JSON.parse(posted);
const without = (name) => JSON.stringify({ ...item, [name]: undefined });
const changed = (change) => JSON.stringify({ ...item, ...change });
const refusedItem = (why, body) => ({ why, method: "POST", path: "/items", body });

/** @type {Route[]} */
export const routes = [
  {
    name: "hello",
    target: "/hello",
    answers: [{ method: "GET", path: "/hello", status: 200, json: { message: "Hello World" } }],
    filtered: [],
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
    refusals: [
      refusedItem("name is missing", without("name")),
      refusedItem("name is empty", changed({ name: "" })),
      refusedItem("price is not above 0", changed({ price: 0 })),
      refusedItem("an image has no name", changed({ images: [{ url: "http://example.com/a.jpg" }] })),
    ],
  },
];
