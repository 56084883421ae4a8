/** The plan room: an operation's path through the four phases to its answer. */
export {
  describe,
  describeMount,
  describeOutbound,
  type DependencyDescription,
  type InputDescription,
  type MountDescription,
  type OperationDescription,
  type OutboundDescription,
} from "./describe.ts";
export { describeSocket, type SocketDescription } from "./describe-socket.ts";
export { failure, tellLate } from "./failure.ts";
export { guarded } from "./guarded.ts";
export { link, linkOutbound } from "./link.ts";
export { linkSocket, type RoutedSocket } from "./link-socket.ts";
export { linkContext, linked, type LinkContext } from "./link-context.ts";
export type { Asked, Plan, Reporter } from "./plan.ts";
export { run } from "./run.ts";
export { checkMiddleware, errorHandlersOf } from "./settings.ts";
export { slowPatterns } from "./slow-patterns.ts";
export { unreachableLimits } from "./unreachable-limits.ts";
export { socketMethod } from "./socket-method.ts";
