/**
 * One request and its answer, the same for every adapter. The adapter gives an `Incoming`, gets an `Answer`, and knows
 * nothing of plans; the plans know nothing of `node:http` or `Request`.
 */
import { BackgroundTasks } from "./background.ts";
import { Body } from "./body.ts";
import { parseCookies } from "./cookie.ts";
import { Course } from "./course.ts";
import type { Host } from "./host.ts";
import type { Content, Incoming } from "./incoming.ts";
import { parseMediaType, type MediaType } from "./media-type.ts";
import { parseQuery, type Pairs } from "./query.ts";
import { RequestView } from "./request.ts";
import { ResponseDraft } from "./response-draft.ts";
import { parseTarget, type Target } from "./target.ts";

/** What an app tells each of its exchanges. */
export interface Site {
  /** The prefix that a proxy takes off: `/api/v1`, or an empty text. */
  readonly rootPath: string;
  /** Scheme and client by the word of the proxies that are trusted, or undefined where the connection itself speaks. */
  forwarded(incoming: Incoming): Pick<Incoming, "scheme" | "client"> | undefined;
  /** What the adapter gives, where it gives anything. */
  host?(): Host | undefined;
  /** Reports a failure that no client caused. */
  tell?(error: unknown, exchange: Exchange): void;
  /** @throws ApusError for a name that there is not. */
  pathFor(name: string, params: Readonly<Record<string, string | number>>): string;
}

const none: readonly string[] = [];

/** One request, read lazily: each part is parsed once, when it is first asked for. */
export class Exchange {
  readonly incoming: Incoming;
  readonly method: string;
  /** Told by the app that answers. */
  site: Site | undefined = undefined;
  /** Which path parameters the matched route has, and what the request says for them, in the same order. */
  pathNames: readonly string[] = none;
  pathValues: readonly string[] = none;
  /** Largest body in bytes, as the operation says. */
  bodyLimit = 1024 * 1024;
  /** How long the body may take to arrive, in ms, as the operation says; null where nothing limits it. */
  bodyTimeout: number | null = 30_000;
  /** How built-in answers to errors look, where the request is at present. */
  errorShape: "fastapi" | "problem" = "fastapi";
  /** Whether the guards in front of what answers have let the request through. */
  guardsPassed = false;
  /** The exchange that this one is a changed view of. */
  readonly origin: Exchange | undefined;
  // Plain fields: one exchange is made for each request, and private names cost time to set up.
  private readTarget: Target | null | undefined = undefined;
  private readQuery: Pairs | undefined = undefined;
  private readCookies: Pairs | undefined = undefined;
  private readMediaType: MediaType | null | undefined = undefined;
  private received: Body | undefined = undefined;
  /** Whether the body is that of `origin`. */
  private sharesBody = false;
  private ownCourse: Course | undefined = undefined;
  private via: Pick<Incoming, "scheme" | "client"> | undefined = undefined;
  private view: RequestView | undefined = undefined;
  private draftOfAnswer: ResponseDraft | undefined = undefined;
  /** Where the app that answers is mounted, as clients call it; undefined for the app that the server asks. */
  private mountPath: string | undefined = undefined;
  private tasks: BackgroundTasks | undefined = undefined;

  constructor(incoming: Incoming, origin?: Exchange) {
    this.incoming = incoming;
    this.method = incoming.method;
    this.origin = origin;
  }

  /** What belongs to the request as a whole: its id, its state, its end. Made when it is first asked for. */
  get course(): Course {
    return this.origin === undefined ? (this.ownCourse ??= new Course(this.incoming)) : this.origin.course;
  }

  /** The same where anybody has asked for it: a request that is answered at once needs none. */
  get courseSoFar(): Course | undefined {
    return this.origin === undefined ? this.ownCourse : this.origin.courseSoFar;
  }

  /** The same exchange with a changed request; its course stays one. */
  changed(incoming: Incoming, body: boolean): Exchange {
    const changed = new Exchange(incoming, this);
    changed.site = this.site;
    changed.pathNames = this.pathNames;
    changed.pathValues = this.pathValues;
    changed.bodyLimit = this.bodyLimit;
    changed.bodyTimeout = this.bodyTimeout;
    changed.errorShape = this.errorShape;
    changed.sharesBody = !body;
    if (this.mountPath !== undefined) changed.mountAt(this.mountPath, this.target, this.connection());
    return changed;
  }

  /**
   * The same request as an app mounted at the prefix sees it: the rest of the path, with the prefix as part of the root path.
   * Who sent it, and over which scheme, is settled out here.
   */
  mounted(prefix: string): Exchange {
    const inner = new Exchange(this.incoming, this);
    const { target } = this;
    inner.site = this.site;
    inner.bodyLimit = this.bodyLimit;
    inner.bodyTimeout = this.bodyTimeout;
    inner.sharesBody = true;
    inner.mountAt(
      this.rootPath + prefix,
      target && { path: target.path.slice(prefix.length), query: target.query },
      this.connection(),
    );
    return inner;
  }

  /** The request as it came to the app that the server asks: with the whole path. */
  get whole(): Exchange {
    return this.origin?.whole ?? this;
  }

  private mountAt(path: string, target: Target | null, via: Pick<Incoming, "scheme" | "client">): void {
    this.mountPath = path;
    this.readTarget = target;
    this.via = via;
  }

  /** The canonical target, or null for one that is refused with 400. Without the root path. */
  get target(): Target | null {
    if (this.readTarget === undefined) {
      this.readTarget = parseTarget(this.incoming.target) ?? null;
      const root = this.site?.rootPath ?? "";
      // A proxy may have taken the prefix off or left it on; a segment that merely begins alike is no prefix.
      if (root !== "" && this.readTarget?.path.startsWith(`${root}/`) === true) {
        this.readTarget = { ...this.readTarget, path: this.readTarget.path.slice(root.length) };
      }
    }
    return this.readTarget;
  }

  get query(): Pairs {
    return (this.readQuery ??= parseQuery(this.target?.query ?? ""));
  }

  get cookies(): Pairs {
    return (this.readCookies ??= parseCookies(this.incoming.headerLines("cookie")));
  }

  /** The body's media type, or null where the request names none. */
  get mediaType(): MediaType | null {
    return (this.readMediaType ??= parseMediaType(this.incoming.header("content-type")) ?? null);
  }

  /** The whole body; read once, whoever asks. A later reader may allow less than the first did. */
  body(limit: number): Promise<Uint8Array> {
    return this.content.whole(limit, this.bodyTimeout);
  }

  /** The same for one call-back, which is called before anything else happens once the body is there. */
  take(limit: number, done: (bytes: Uint8Array) => void, fail: (error: unknown) => void): void {
    this.content.take(limit, this.bodyTimeout, done, fail);
  }

  /** The same where the whole body has arrived and nobody has asked for it: there is nothing to wait for. */
  present(limit: number): Content | undefined {
    return this.content.present(limit);
  }

  /**
   * The body piece by piece, for one reader; a body that was read as a whole before is one piece. `bodyTimeout` limits the
   * wait for each.
   * @throws From the reader: ApusError where another one has had it, and what `Incoming.chunks` and `body` throw.
   */
  stream(limit: number): AsyncIterable<Uint8Array> {
    return this.content.stream(limit, this.bodyTimeout);
  }

  private get content(): Body {
    return (this.received ??= new Body(this.incoming, this, this.sharesBody ? this.origin!.content : undefined));
  }

  get rootPath(): string {
    return this.mountPath ?? this.site?.rootPath ?? "";
  }

  get scheme(): "http" | "https" {
    return this.connection().scheme;
  }

  get client(): Incoming["client"] {
    return this.connection().client;
  }

  private connection(): Pick<Incoming, "scheme" | "client"> {
    return (this.via ??= this.site?.forwarded(this.incoming) ?? this.incoming);
  }

  get request(): RequestView {
    return (this.view ??= new RequestView(this));
  }

  get draft(): ResponseDraft {
    return (this.draftOfAnswer ??= new ResponseDraft());
  }

  /** What was added to the answer to come; undefined where nobody asked for it. */
  get drafted(): ResponseDraft | undefined {
    return this.draftOfAnswer;
  }

  get background(): BackgroundTasks {
    return (this.tasks ??= new BackgroundTasks());
  }

  /** The background work, where anybody asked for it: a stream may still add some while it is sent. */
  get backgroundAsked(): BackgroundTasks | undefined {
    return this.tasks;
  }

  pathFor(name: string, params: Readonly<Record<string, string | number>>): string {
    if (this.site === undefined) throw new TypeError("urlFor works while an App answers the request.");
    return this.site.pathFor(name, params);
  }

  /** Reports a failure that came when the answer had begun. */
  tell(error: unknown): void {
    this.site?.tell?.(error, this);
  }
}
