// A socket with inputs of every kind, and a dependency that refuses who brings no credentials.
import { App, cookie, depends, get, html, operationIds, query, socket, WebSocketException } from "apus";
import { z } from "zod";

const page = `
<!DOCTYPE html>
<html>
    <head>
        <title>Chat</title>
    </head>
    <body>
        <h1>WebSocket Chat</h1>
        <form action="" onsubmit="sendMessage(event)">
            <label>Item ID: <input type="text" id="itemId" autocomplete="off" value="foo"/></label>
            <label>Token: <input type="text" id="token" autocomplete="off" value="some-key-token"/></label>
            <button onclick="connect(event)">Connect</button>
            <hr>
            <label>Message: <input type="text" id="messageText" autocomplete="off"/></label>
            <button>Send</button>
        </form>
        <ul id='messages'>
        </ul>
        <script>
        var ws = null;
            function connect(event) {
                var itemId = document.getElementById("itemId")
                var token = document.getElementById("token")
                ws = new WebSocket("ws://localhost:8000/items/" + itemId.value + "/ws?token=" + token.value);
                ws.onmessage = function(event) {
                    var messages = document.getElementById('messages')
                    var message = document.createElement('li')
                    var content = document.createTextNode(event.data)
                    message.appendChild(content)
                    messages.appendChild(message)
                };
                event.preventDefault()
            }
            function sendMessage(event) {
                var input = document.getElementById("messageText")
                ws.send(input.value)
                input.value = ''
                event.preventDefault()
            }
        </script>
    </body>
</html>
`;

const text = z.string().nullable().default(null);

const getCookieOrToken = depends({ session: cookie(text), token: query(text) }, ({ session, token }) => {
  if (session === null && token === null) throw new WebSocketException(1008);
  return session ?? token;
});

const getPage = get("/", { name: "get" }, () => html(page));

const websocketEndpoint = socket(
  "/items/{item_id}/ws",
  { input: { item_id: z.string(), q: z.int().nullable().default(null), cookieOrToken: getCookieOrToken } },
  async ({ item_id, q, cookieOrToken }, socket) => {
    await socket.accept();
    for (;;) {
      const data = await socket.receiveText();
      await socket.sendText(`Session cookie or query token value is: ${cookieOrToken}`);
      if (q !== null) await socket.sendText(`Query parameter q is: ${q}`);
      await socket.sendText(`Message text was: ${data}, for item ID: ${item_id}`);
    }
  },
);

export const app = new App({ title: "FastAPI", version: "0.1.0", operationId: operationIds.fastapi }).include({
  getPage,
  websocketEndpoint,
});
