/** The websocket room: sockets, their messages, limits and rooms. */
export { fittingReason, WebSocketDisconnect, WebSocketException } from "./close.ts";
export { settleLimits, socketLimits, type SocketLimits } from "./limits.ts";
export { MessageValidationError, messageReader, messageWriter, type Message } from "./message.ts";
export { originRule } from "./origin.ts";
export { rooms, type Rooms } from "./rooms.ts";
export { ServerSocket } from "./server-socket.ts";
export type { SocketSide } from "./side.ts";
export type { AcceptOptions, Socket } from "./socket.ts";
