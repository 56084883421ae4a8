/** The response room: how answers are written other than by a schema. */
export { answerOf, isAnswered } from "./answer-of.ts";
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
