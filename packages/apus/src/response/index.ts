/** The response room: how answers are written other than by a schema. */
export { answerOf, answerOfResponse, isAnswered } from "./answer-of.ts";
export { DeferredReply } from "./deferred-reply.ts";
export {
  headerPairs,
  html,
  json,
  kind,
  redirect,
  Reply,
  text,
  type Kind,
  type KindOptions,
  type ReplyCookie,
  type ReplyInit,
} from "./reply.ts";
export { sendFile, type SendFile, type SendFileOptions } from "./send-file.ts";
