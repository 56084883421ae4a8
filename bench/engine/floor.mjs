// The engine alone, without an App: hello and post as raw.mjs answers them, which checks nothing. What Apus costs is what a
// request costs above this.
import { listener } from "./serve.mjs";

const headers = Object.freeze(["content-type", "application/json"]);
const hello = { status: 200, headers, body: '{"message":"Hello World"}' };

function answer({ incoming }) {
  if (incoming.method === "GET") return hello;
  return new Promise((resolve, reject) => {
    const done = (bytes) => resolve({ status: 201, headers, body: JSON.stringify(JSON.parse(incoming.utf8(bytes))) });
    incoming.collect(1024 * 1024, done, reject);
  });
}

listener(answer).listen(Number(process.env.PORT), "127.0.0.1");
