// Requests as bytes: ways to write where a request ends that two servers could read in two ways, other malformed requests,
// and requests that are fine. Each character is one byte (Latin-1).

const hidden = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";
const post = (headers, content) =>
  `POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${headers}\r\n${content}`;
const get = (headers, line = "GET /plain HTTP/1.1") => `${line}\r\n${headers}\r\n`;
const inChunks = `0\r\n\r\n${hidden}`;
const inLength = `${(hidden.length + 2).toString(16)}\r\n\r\n${hidden}\r\n0\r\n\r\n`;

const codings = [
  "Transfer-Encoding : chunked\r\n",
  "Transfer-Encoding: \x0bchunked\r\n",
  "Transfer-Encoding: \x00chunked\r\n",
  "Transfer-Encoding: chunked\x00\r\n",
  "Transfer-Encoding: xchunked\r\n",
  "Transfer-Encoding: chunkedx\r\n",
  "Transfer-Encoding: 'chunked'\r\n",
  'Transfer-Encoding: "chunked"\r\n',
  "Transfer-Encoding: chunked, chunked\r\n",
  "Transfer-Encoding: chunked, identity\r\n",
  "Transfer-Encoding: identity, chunked\r\n",
  "Transfer-Encoding: gzip, chunked\r\n",
  "Transfer-Encoding: chunked;q=1\r\n",
  "Transfer-Encoding: ,chunked\r\n",
  "Transfer-Encoding: chunked,\r\n",
  "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n",
  "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
  "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
  "Transfer-Encoding: chunked\r\nTransfer-encoding: x\r\n",
  "Transfer-Encoding:\r\n chunked\r\n",
  "X: y\r\n Transfer-Encoding: chunked\r\n",
  " Transfer-Encoding: chunked\r\n",
  "\tTransfer-Encoding: chunked\r\n",
  "X: y\nTransfer-Encoding: chunked\r\n",
  "X: y\rTransfer-Encoding: chunked\r\n",
  "X: y\r\n\rTransfer-Encoding: chunked\r\n",
  "Transfer-Encoding: chun\r\n ked\r\n",
  "Transfer-Encoding\x00: chunked\r\n",
  "Transfer\u00adEncoding: chunked\r\n",
  "Transfer-Encoding:\r\n",
];

const lengths = [
  "Content-Length: +4\r\n",
  "Content-Length: -4\r\n",
  "Content-Length: 4.0\r\n",
  "Content-Length: 4e0\r\n",
  "Content-Length: 0x4\r\n",
  "Content-Length: 4 4\r\n",
  "Content-Length: 4, 4\r\n",
  "Content-Length: 4\r\nContent-Length: 0\r\n",
  "Content-Length: 0\r\nContent-Length: 4\r\n",
  "Content-Length: 4\r\nContent-Length: 4\r\n",
  " Content-Length: 4\r\n",
  "Content-Length : 4\r\n",
  "Content-Length\x0b: 4\r\n",
  "X: y\nContent-Length: 4\r\n",
  "X: y\r\n Content-Length: 4\r\n",
  "Content-Length: \r\n 4\r\n",
  `Content-Length: 1${"0".repeat(30)}\r\n`,
  "Content-Length: 18446744073709551616\r\n",
  "Content-Length: \r\n",
  "Content-Length: \xd9\xa5\r\n",
];

const sizes = ["0x2", "+2", "-2", " 2", "\n2", "2\n", "2\r", "2;\n", "g", "", ";", "\xd9\xa2", "2x", "f".repeat(17)];

const chunked = (chunks) => post("Transfer-Encoding: chunked\r\n", chunks);

/** What every server refuses, and behind it a request that nobody is to see. @type {[name: string, bytes: string][]} */
export const refused = [
  ...codings.flatMap((coding) => [
    [`the coding ${JSON.stringify(coding)}`, post(coding, inChunks)],
    [`the coding ${JSON.stringify(coding)}, with the request in its chunk`, post(coding, inLength)],
  ]),
  ...["Transfer-Encoding: chunked\r\n", ...codings].flatMap((coding) => [
    [`a length before the coding ${JSON.stringify(coding)}`, post(`Content-Length: 4\r\n${coding}`, inChunks)],
    [`a length behind the coding ${JSON.stringify(coding)}`, post(`${coding}Content-Length: 0\r\n`, inChunks)],
  ]),
  ...lengths.map((length) => [`the length ${JSON.stringify(length)}`, post(length, `1234${hidden}`)]),
  ...sizes.map((size) => [`the chunk size ${JSON.stringify(size)}`, chunked(`${size}\r\n{}\r\n0\r\n\r\n${hidden}`)]),
  ["a chunk longer than it says", chunked(`2\r\n{}x\r\n0\r\n\r\n${hidden}`)],
  ["a chunk that ends with other bytes", chunked(`2\r\n{}xy0\r\n\r\n${hidden}`)],
  ["a chunk that ends with a CR and another byte", chunked(`2\r\n{}\rx0\r\n\r\n${hidden}`)],
  ["a chunk that ends with a bare LF", chunked(`2\r\n{}\n0\r\n\r\n${hidden}`)],
  ["a trailer without a colon", chunked(`2\r\n{}\r\n0\r\nabc\r\n\r\n${hidden}`)],
  ["a trailer with a space in front", chunked(`2\r\n{}\r\n0\r\n a: b\r\n\r\n${hidden}`)],
  ["chunks in HTTP/1.0", get("Host: a\r\nTransfer-Encoding: chunked\r\n", "POST /echo HTTP/1.0") + inChunks],
  ["two hosts", get("Host: a\r\nHost: b\r\n") + hidden],
  ["two equal hosts", get("Host: a\r\nHost: a\r\n") + hidden],
  ["no host", get("") + hidden],
  ["a space before the colon", get("Host : a\r\n") + hidden],
  ["a space behind the version", get("Host: a\r\n", "GET /plain HTTP/1.1 ") + hidden],
  ["two spaces", get("Host: a\r\n", "GET  /plain HTTP/1.1") + hidden],
  ["a tab for a space", get("Host: a\r\n", "GET\t/plain HTTP/1.1") + hidden],
  ["no target", get("Host: a\r\n", "GET HTTP/1.1") + hidden],
  ["a space in the target", get("Host: a\r\n", "GET /pl ain HTTP/1.1") + hidden],
  ["a control character in the target", get("Host: a\r\n", "GET /pl\x01ain HTTP/1.1") + hidden],
  ["no version", get("Host: a\r\n", "GET /plain") + hidden],
  ["HTTP/0.9", get("Host: a\r\n", "GET /plain HTTP/0.9") + hidden],
  ["HTTP/1.2", get("Host: a\r\n", "GET /plain HTTP/1.2") + hidden],
  ["HTTP/2.0", get("Host: a\r\n", "GET /plain HTTP/2.0") + hidden],
  ["HTTP/1.11", get("Host: a\r\n", "GET /plain HTTP/1.11") + hidden],
  ["a version in lower case", get("Host: a\r\n", "GET /plain http/1.1") + hidden],
  ["a method in lower case", get("Host: a\r\n", "get /plain HTTP/1.1") + hidden],
  ["a method that there is not", get("Host: a\r\n", "GETS /plain HTTP/1.1") + hidden],
  ["a method that is no token", get("Host: a\r\n", "G(T /plain HTTP/1.1") + hidden],
  ["bare line feeds", `GET /plain HTTP/1.1\nHost: a\n\n${hidden}`],
  ["a bare LF behind a header", `GET /plain HTTP/1.1\r\nHost: a\n\r\n${hidden}`],
  ["a bare CR in a header", get("Host: a\r\nX: a\rb\r\n") + hidden],
  ["a NUL in a value", get("Host: a\r\nX: a\x00b\r\n") + hidden],
  ["a header without a colon", get("Host: a\r\nabc\r\n") + hidden],
  ["a header without a name", get("Host: a\r\n: b\r\n") + hidden],
  ["a name that is no token", get("Host: a\r\nX(y): b\r\n") + hidden],
  ["a continued header", get("Host: a\r\nX: a\r\n b\r\n") + hidden],
  ["too many headers", get(`Host: a\r\n${"X: y\r\n".repeat(100)}`) + hidden],
  ["headers that are too large", get(`Host: a\r\nX: ${"y".repeat(17_000)}\r\n`) + hidden],
  ["a target that is too long", get("Host: a\r\n", `GET /plain?${"y".repeat(9_000)} HTTP/1.1`) + hidden],
  ["another expectation", get("Host: a\r\nExpect: 200-ok\r\n") + hidden],
  ["bytes of TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
  ["half a head", "GET /plain HTTP/1.1\r\nHost: a\r\n"],
];

const big = JSON.stringify("x".repeat(200_000));
const pieces = (text, size) => {
  let written = "";
  for (let i = 0; i < text.length; i += size) {
    const piece = text.slice(i, i + size);
    written += `${piece.length.toString(16)}\r\n${piece}\r\n`;
  }
  return `${written}0\r\n\r\n`;
};
const sized = (body, path = "/echo") =>
  `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${Buffer.from(body).latin1Slice()}`;

/** What every server answers alike. @type {[name: string, bytes: string][]} */
export const fine = [
  ["a request", get("Host: a\r\n")],
  ["an empty line in front", `\r\n${get("Host: a\r\n")}`],
  ["a host without a value", get("Host:\r\n")],
  [
    "names in any case, with white space around values",
    get("hOST: \t a \t\r\nX-ONE:  b c \t\r\nx-one:d\r\n", "GET /headers HTTP/1.1"),
  ],
  ["bytes beyond ASCII in a value", get("Host: a\r\nX-One: caf\u00e9\r\n", "GET /headers HTTP/1.1")],
  ["an escaped path and a query", get("Host: a\r\n", "GET /item/caf%C3%A9?q=a%20b HTTP/1.1")],
  ["an absolute target", get("Host: a\r\n", "GET http://b/plain HTTP/1.1")],
  ["a path that there is not", get("Host: a\r\n", "GET /none HTTP/1.1")],
  ["a path that is malformed", get("Host: a\r\n", "GET /a%2Fb HTTP/1.1")],
  ["a method that is not allowed", get("Host: a\r\n", "DELETE /plain HTTP/1.1")],
  ["HEAD", get("Host: a\r\n", "HEAD /plain HTTP/1.1")],
  ["204", get("Host: a\r\n", "GET /nothing HTTP/1.1")],
  ["304", get("Host: a\r\n", "GET /unchanged HTTP/1.1")],
  ["an error of the handler", get("Host: a\r\n", "GET /throws HTTP/1.1")],
  ["HTTP/1.0", get("Host: a\r\n", "GET /plain HTTP/1.0")],
  ["HTTP/1.0 without a host", get("", "GET /plain HTTP/1.0")],
  ["the end asked for", get("Host: a\r\nConnection: Close\r\n") + hidden],
  ["the end asked for among others", get("Host: a\r\nConnection: x, close , y\r\n") + hidden],
  ["three requests at once, in their order", get("Host: a\r\n", "GET /slow HTTP/1.1") + get("Host: a\r\n") + hidden],
  ["a body", sized('{"a":[1,"\u00e9"]}')],
  ["a body that ends the connection", `${sized("[1]").replace("Host: a", "Host: a\r\nConnection: close")}${hidden}`],
  ["a large body", sized(big)],
  ["a large body, read as a stream", sized(big, "/count")],
  ["a body larger than it may be", sized(JSON.stringify("x".repeat(300_000)))],
  ["a stream larger than it may be", sized(JSON.stringify("x".repeat(300_000)), "/count")],
  ["a length with a zero in front", post("Content-Length: 04\r\n", "1234")],
  ["an empty body", sized("")],
  ["no JSON", sized("{")],
  ["a body that nobody reads", `${sized("[1]", "/none")}${get("Host: a\r\n")}`],
  ["chunks", chunked(pieces('{"a":[1,2,3]}', 3))],
  ["chunks, the coding in other letters", post("transfer-encoding:\tcHuNkEd\r\n", "2\r\n{}\r\n0\r\n\r\n")],
  ["many chunks", chunked(pieces(JSON.stringify("x".repeat(5_000)), 1))],
  ["large chunks, read as a stream", `${chunked(pieces(big, 30_000)).replace("/echo", "/count")}${hidden}`],
  ["chunks larger than they may be", chunked(pieces(JSON.stringify("x".repeat(300_000)), 50_000))],
  [
    "chunks with extensions and trailers",
    chunked('4;a=b;c="d"\r\n[1, \r\n02\r\n2]\r\n0;e\r\nX: y\r\nZ: w\r\n\r\n') + hidden,
  ],
  ["text beyond ASCII in the answer", get("Host: a\r\n", "GET /item/%E4%BD%A0 HTTP/1.1")],
  ["bytes in the answer", get("Host: a\r\n", "GET /bytes HTTP/1.1") + hidden],
  ["a stream in the answer", get("Host: a\r\n", "GET /stream HTTP/1.1") + hidden],
  ["a stream in the answer to HEAD", get("Host: a\r\n", "HEAD /stream HTTP/1.1") + hidden],
  ["a stream in the answer to HTTP/1.0", get("Host: a\r\n", "GET /stream HTTP/1.0")],
  ["a stream made of the body as it arrives", sized("abcdefghij".repeat(3_000), "/upper")],
  ["a large answer", get("Host: a\r\n", "GET /large HTTP/1.1") + hidden],
  ["a header set by the handler", get("Host: a\r\n", "GET /drafted HTTP/1.1")],
  ["work that follows the answer", get("Host: a\r\n", "GET /after HTTP/1.1") + hidden],
];
