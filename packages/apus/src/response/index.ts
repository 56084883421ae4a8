/** The response room: how answers are written other than by a schema. */
export { answerOf, answerOfResponse, isAnswered } from "./answer-of.ts";
export { isNotModified } from "./conditional.ts";
export { DeferredReply } from "./deferred-reply.ts";
export { answerOfFile } from "./file-answer.ts";
export { mediaTypeOf } from "./media-types.ts";
export {
  headerPairs,
  html,
  json,
  kind,
  redirect,
  Reply,
  text,
  withCharset,
  type Kind,
  type KindOptions,
  type ReplyCookie,
  type ReplyInit,
} from "./reply.ts";
export { event, ServerSentEvent, type EventFields } from "./event.ts";
export {
  events,
  isItemStream,
  ItemStream,
  jsonLines,
  type Events,
  type EventsOptions,
  type JsonLines,
} from "./item-stream.ts";
export { isSource, produce } from "./produce.ts";
export {
  stream,
  streams,
  type Piece,
  type Pieces,
  type Stream,
  type StreamKind,
  type StreamOptions,
} from "./stream.ts";
export { sendFile, type SendFile, type SendFileOptions } from "./send-file.ts";
export { isWayward } from "./wayward.ts";
