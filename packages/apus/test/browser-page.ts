/**
 * One window of the browser, driven as a person would: real clicks and keys, and everything that went wrong in it kept.
 * Waiting is always for something that has to come, under one generous limit.
 */
import { writeFile } from "node:fs/promises";
import type { Json, Session } from "./devtools.ts";

/** How long anything may take before the test fails. */
const patience = 60_000;

/** One request that the page, or a worker of it, sent. */
export interface PageRequest {
  readonly url: string;
  readonly method: string;
  /** `Document`, `Script`, `Stylesheet`, `Fetch`, `Image`, … */
  readonly type: string;
  /** Names as they were written. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Set once it was answered. */
  status: number | undefined;
  /** Set when it failed or was blocked: why. */
  failure: string | undefined;
}

export class Page {
  /** What the console said, each line with its level: `error: …`. */
  readonly console: string[] = [];
  /** Errors that nothing caught. */
  readonly errors: string[] = [];
  /** Content-Security-Policy violations: `script-src-elem: https://…`. */
  readonly violations: string[] = [];
  readonly requests: PageRequest[] = [];
  readonly #session: Session;
  readonly #targetId: string;
  readonly #requestsById = new Map<string, PageRequest>();
  readonly #opened: Page[] = [];
  #wake: () => void = () => {};
  #closed = false;

  constructor(session: Session, targetId: string) {
    this.#session = session;
    this.#targetId = targetId;
  }

  /** Everything that a sound page has none of. */
  get problems(): string[] {
    const failed = this.requests.filter(({ failure }) => failure !== undefined);
    return [
      ...this.console.filter((line) => /^(error|warning|assert)/.test(line)),
      ...this.errors,
      ...this.violations.map((violation) => `policy: ${violation}`),
      ...failed.map(({ method, url, failure }) => `${method} ${url}: ${failure}`),
    ];
  }

  /** The origins that requests went to; `data:` and `blob:` addresses are of no origin. */
  get origins(): string[] {
    const sent = this.requests.filter(({ url }) => /^(https?|wss?):/.test(url));
    return [...new Set(sent.map(({ url }) => new URL(url).origin))].toSorted();
  }

  /** Whether the window has closed, by itself or by `close`. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Goes to an address and waits until the document and what it names have loaded. */
  async goto(address: string): Promise<void> {
    const { errorText } = await this.#session.send("Page.navigate", { url: address });
    if (errorText !== undefined && errorText !== "net::ERR_ABORTED") throw new Error(`${address}: ${errorText}`);
    await this.until('document.readyState === "complete"');
  }

  /** The value of an expression in the page, as JSON; a promise is awaited. What it throws is thrown here. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.#session.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
      // the page's own policy stays in force for what the expression does
      allowUnsafeEvalBlockedByCSP: false,
    });
    if (exceptionDetails !== undefined) {
      throw new Error(exceptionDetails["exception"]?.description ?? exceptionDetails["text"]);
    }
    return result?.["value"];
  }

  /** Waits until an expression has a value that is not falsy, and gives that value. It is asked anew after each navigation. */
  async until<T = unknown>(expression: string, what = expression): Promise<NonNullable<T>> {
    return await this.#poll(() => this.evaluate<T>(expression), what);
  }

  /** Waits until a visible element matches. @param text What it says, if several match: all of its text, spaces at the ends apart. */
  async see(selector: string, text?: string): Promise<void> {
    await this.until(
      `(${find})(${JSON.stringify(selector)}, ${JSON.stringify(text)}) !== undefined`,
      `${selector} ${text ?? ""}`,
    );
  }

  /** The texts of all visible elements that match. */
  texts(selector: string): Promise<string[]> {
    return this.evaluate(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].filter((e) => e.checkVisibility({ visibilityProperty: true })).map((e) => e.innerText.trim())`,
    );
  }

  /**
   * Clicks with the mouse, as soon as the element is visible, stands still and is covered by nothing. What moves away between pressing
   * and releasing was not clicked; then it is done again.
   */
  async click(selector: string, text?: string): Promise<void> {
    const what = `${selector} ${text ?? ""}`;
    const look = `(${aim})((${find})(${JSON.stringify(selector)}, ${JSON.stringify(text)}))`;
    let before = "";
    await this.#poll(async () => {
      const point = await this.evaluate<{ x: number; y: number } | null>(look);
      const still = point !== null && before === JSON.stringify(point);
      before = JSON.stringify(point);
      if (!still) return false;
      const mouse = { ...point, button: "left", clickCount: 1 };
      await this.#session.send("Input.dispatchMouseEvent", { ...point, type: "mouseMoved" });
      await this.#session.send("Input.dispatchMouseEvent", { ...mouse, type: "mousePressed" });
      // a click that leads elsewhere, or closes the window, takes the answer with it
      const released = this.#session.send("Input.dispatchMouseEvent", { ...mouse, type: "mouseReleased" });
      return released.then(() => this.evaluate<boolean>("globalThis.clickedByTest ?? true")).catch(() => true);
    }, `a click on ${what}`);
  }

  /** Replaces what is in a field. */
  async type(selector: string, text: string): Promise<void> {
    await this.click(selector);
    await this.until(`document.activeElement?.matches(${JSON.stringify(selector)})`);
    await this.evaluate("void document.activeElement.select()");
    await this.#session.send("Input.insertText", { text });
  }

  /** Chooses an option of a `<select>` by its value. */
  async choose(selector: string, value: string): Promise<void> {
    await this.see(selector);
    await this.evaluate(`(${choose})(document.querySelector(${JSON.stringify(selector)}), ${JSON.stringify(value)})`);
  }

  /** Presses and releases one key: `Tab`, `Enter`, `Escape`. */
  async press(key: keyof typeof keys): Promise<void> {
    const event = { key, code: key, ...keys[key] };
    await this.#session.send("Input.dispatchKeyEvent", { ...event, type: "keyDown" });
    await this.#session.send("Input.dispatchKeyEvent", { ...event, type: "keyUp" });
  }

  /** The next window that this page opened. */
  async popup(): Promise<Page> {
    return await this.#poll(() => Promise.resolve(this.#opened.shift()), "a window that the page opens");
  }

  /** Waits until the window has closed. */
  async untilClosed(): Promise<void> {
    await this.#poll(() => Promise.resolve(this.#closed), "the window to close");
  }

  /** The cookies that the page's address is sent, `HttpOnly` ones too. */
  async cookies(): Promise<Readonly<Record<string, string>>> {
    const { cookies } = await this.#session.send("Network.getCookies");
    return Object.fromEntries((cookies as Json[]).map(({ name, value }) => [name, value]));
  }

  /** The window's size in CSS pixels. */
  async resize(width: number, height: number): Promise<void> {
    const metrics = { width, height, deviceScaleFactor: 1, mobile: false };
    await this.#session.send("Emulation.setDeviceMetricsOverride", metrics);
  }

  /** What the page learns of the person's wishes: `prefers-color-scheme` and its like. */
  async prefer(feature: string, value: string): Promise<void> {
    await this.#session.send("Emulation.setEmulatedMedia", { features: [{ name: feature, value }] });
  }

  /** Writes a PNG of the window, or of the whole page. */
  async screenshot(file: string, { wholePage = false }: { readonly wholePage?: boolean } = {}): Promise<void> {
    const { data } = await this.#session.send("Page.captureScreenshot", { captureBeyondViewport: wholePage });
    await writeFile(file, Buffer.from(String(data), "base64"));
  }

  async close(): Promise<void> {
    await this.#session.send("Target.closeTarget", { targetId: this.#targetId }).catch(() => {});
    await this.untilClosed();
  }

  /** What the browser tells of this page and its workers. Called by the driver. */
  hear(event: string, parameters: Json): void {
    const { requestId } = parameters;
    const request = this.#requestsById.get(requestId);
    if (event === "Network.requestWillBeSent") {
      const sent = sentRequest(parameters);
      if (request !== undefined) request.status = parameters["redirectResponse"]?.status;
      this.#requestsById.set(requestId, sent);
      this.requests.push(sent);
    } else if (event === "Network.responseReceived" && request !== undefined) {
      request.status = parameters["response"].status;
    } else if (event === "Network.loadingFailed" && request !== undefined) {
      request.failure = parameters["blockedReason"] ?? parameters["errorText"];
    } else if (event === "Runtime.consoleAPICalled") {
      this.console.push(`${parameters["type"]}: ${(parameters["args"] as Json[]).map(shown).join(" ")}`);
    } else if (event === "Log.entryAdded") {
      const { level, text, url } = parameters["entry"];
      this.console.push(`${level}: ${text}${url === undefined ? "" : ` (${url})`}`);
    } else if (event === "Runtime.exceptionThrown") {
      const { exception, text } = parameters["exceptionDetails"];
      this.errors.push(exception?.description ?? text);
    } else if (event === "Inspector.targetCrashed") {
      this.errors.push("the page crashed");
    } else if (event === "Audits.issueAdded") {
      const details = parameters["issue"].details.contentSecurityPolicyIssueDetails;
      if (details !== undefined) this.violations.push(violation(details));
    }
    this.#wake();
  }

  /** A window that this page opened. Called by the driver. */
  opens(page: Page): void {
    this.#opened.push(page);
    this.#wake();
  }

  /** The window is gone. Called by the driver. */
  ends(): void {
    this.#closed = true;
    this.#wake();
  }

  /** Asks until the answer is not falsy: again whenever the browser tells something of the page, and in between for what it does silently. */
  async #poll<T>(ask: () => Promise<T>, what: string): Promise<NonNullable<T>> {
    const deadline = Date.now() + patience;
    for (;;) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      const answer = await ask().catch((error: Error) => {
        // between two documents there is nothing to ask
        if (/context was destroyed|Cannot find (default execution )?context|navigated or closed/.test(error.message))
          return undefined;
        throw error;
      });
      if (answer) return answer;
      if (Date.now() > deadline) {
        throw new Error(`Waited in vain for ${what}. ${this.problems.join("\n")}`);
      }
      await Promise.race([woken, new Promise((resolve) => setTimeout(resolve, 30))]);
    }
  }
}

const keys = {
  Tab: { windowsVirtualKeyCode: 9 },
  Enter: { windowsVirtualKeyCode: 13, text: "\r" },
  Escape: { windowsVirtualKeyCode: 27 },
  Space: { windowsVirtualKeyCode: 32, text: " " },
};

function sentRequest({ request, type }: Json): PageRequest {
  const { url, method, headers, postData } = request;
  return { url, method, type: type ?? "Other", headers, body: postData, status: undefined, failure: undefined };
}

function shown({ value, description, type }: Json): string {
  return String(value ?? description ?? type);
}

function violation({ violatedDirective, blockedURL, contentSecurityPolicyViolationType: kind }: Json): string {
  return `${violatedDirective}: ${blockedURL ?? kind}`;
}

/** In the page: the first visible element that matches, and says exactly `text` if that is given. */
const find = `(selector, text) => [...document.querySelectorAll(selector)].find(
  (element) => element.checkVisibility({ visibilityProperty: true }) && (text === undefined || element.innerText.trim() === text))`;

/** In the page: where to click an element, or null while something else would be hit; from then on the page knows whether it was clicked. */
const aim = `(element) => {
  if (element === undefined || element.disabled) return null;
  element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  const { x, y, width, height } = element.getBoundingClientRect();
  const point = { x: x + width / 2, y: y + height / 2 };
  const hit = document.elementFromPoint(point.x, point.y);
  if (hit === null || !(element.contains(hit) || hit.closest("label")?.control === element)) return null;
  globalThis.clickedByTest = false;
  document.addEventListener("click", () => { globalThis.clickedByTest = true; }, { capture: true, once: true });
  return point;
}`;

/** In the page: sets the value past the setter that frameworks replace, and tells them. */
const choose = `(element, value) => {
  Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set.call(element, value);
  if (element.value !== value) throw new Error("no option " + value);
  element.dispatchEvent(new Event("change", { bubbles: true }));
}`;
