/** What sockets are found by, and called in messages and in the log, in place of a method. */
export const socketMethod = "WEBSOCKET";
