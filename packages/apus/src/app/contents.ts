/** What an app consists of, until it is linked: operations, sockets, front ends, and what is mounted in it. */
import { ApusError } from "../diagnostic/index.ts";
import {
  checkRoutes,
  isFrontend,
  isOperation,
  isSocket,
  placedIn,
  type Declare,
  type DeclaredFrontend,
  type Operation,
  type Outbound,
  type Routed,
} from "../operation/index.ts";
import type { RoutedSocket } from "../plan/index.ts";
import { isStaticFiles } from "../static-files/index.ts";
import type { Mounted } from "./mounts.ts";

export class Contents {
  readonly routed: Routed[] = [];
  readonly sockets: RoutedSocket[] = [];
  readonly frontends: DeclaredFrontend[] = [];
  readonly mounted: Mounted[] = [];

  /** Adds everything that has a place in the routes. @throws ApusError where there is nothing of the kind. */
  include(routes: object, more: readonly unknown[]): void {
    if (more.length > 0) {
      throw new ApusError(
        "APUS_OPTIONS: app.include(routes) takes no options; they belong to the router: app.include(router(routes, { prefix, dependencies })).",
      );
    }
    checkRoutes("app.include()", routes);
    const found = placedIn(routes);
    if (found.length === 0) {
      throw new ApusError(
        `APUS_EMPTY: app.include(routes) found no operation in it; ${
          Object.values(routes).some(isStaticFiles)
            ? 'static files are mounted: app.mount("/static", staticFiles(directory)).'
            : "give it a router or a module that exports operations."
        }`,
      );
    }
    for (const { placed, keys } of found) {
      if (isOperation(placed)) this.routed.push({ operation: placed, keys });
      else if (isSocket(placed)) this.sockets.push({ socket: placed, keys });
      else if (isFrontend(placed)) this.frontends.push(placed);
    }
  }

  /** @param mounted What the copy has mounted in their places. */
  copyTo(other: Contents, mounted: (each: Mounted) => Mounted): void {
    other.routed.push(...this.routed);
    other.sockets.push(...this.sockets);
    other.frontends.push(...this.frontends);
    other.mounted.push(...this.mounted.map(mounted));
  }
}

/** The short form of a declaration: what it makes is included at once. */
export function short<M extends string>(declare: Declare<M>, include: (operation: Operation) => void): Declare<M> {
  return ((...args: unknown[]) => {
    const operation = (declare as (...args: unknown[]) => Operation | Outbound)(...args);
    if (operation.kind === "outbound") {
      throw new ApusError(
        `APUS_HANDLER: ${operation.method} ${operation.path}: what an app answers needs a handler, as its last argument; what it calls at others is named in \`callbacks\` or \`webhooks\`.`,
      );
    }
    include(operation);
    return operation;
  }) as unknown as Declare<M>;
}
