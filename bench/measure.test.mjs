// Reading what wrk and the kernel report.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { cpuBetween, cpuTime, readWrk } from "./measure.mjs";

const clean = `Running 1s test @ http://127.0.0.1:8000/hello
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.06ms  246.10us   5.82ms   89.00%
    Req/Sec    60.42k     3.26k   64.30k    80.00%
  60124 requests in 1.00s, 10.03MB read
Requests/sec:  60089.51
Transfer/sec:     10.03MB
`;

describe("readWrk", () => {
  test("reads a clean report", () => {
    expect(readWrk(clean)).toEqual({ requests: 60124, perSecond: 60089.51, trouble: undefined });
  });
  test("tells of answers that were no success and of socket errors", () => {
    const report = clean.replace(
      "Requests/sec",
      "  Socket errors: connect 0, read 3, write 0, timeout 0\n  Non-2xx or 3xx responses: 17\nRequests/sec",
    );
    expect(readWrk(report).trouble).toBe(
      "Non-2xx or 3xx responses: 17; Socket errors: connect 0, read 3, write 0, timeout 0",
    );
  });
  test("refuses a report without an answered request", () => {
    expect(() => readWrk("unable to connect to 127.0.0.1:1 Connection refused")).toThrow(/Connection refused/);
    expect(() => readWrk(clean.replace("60124 requests", "0 requests"))).toThrow(/answered no request/);
  });
});

describe("CPU time", () => {
  test.skipIf(process.platform !== "linux")("of a process agrees with what it says of itself", async () => {
    const burn = `const at = process.cpuUsage(), until = performance.now() + 60;
      while (performance.now() < until); const { user, system } = process.cpuUsage(at); process.send(user + system);`;
    const script = `process.on("message", () => { ${burn} }); process.send("ready");`;
    const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    try {
      await once(child, "message");
      const before = cpuTime(child.pid);
      child.send("burn");
      const [told] = await once(child, "message");
      const spent = cpuBetween(before, cpuTime(child.pid));
      expect(told).toBeGreaterThan(0);
      expect(Math.abs(spent - told)).toBeLessThan(30_000); // three clock ticks of 10 ms
    } finally {
      child.kill();
    }
  });
  test("is taken from the coarse clock where the fine one is missing or lost a thread", () => {
    expect(cpuBetween({ ticks: 0, threads: 0 }, { ticks: 990_000, threads: 1_000_123 })).toBe(1_000_123);
    expect(cpuBetween({ ticks: 0, threads: undefined }, { ticks: 990_000, threads: 1 })).toBe(990_000);
    expect(cpuBetween({ ticks: 0, threads: 500_000 }, { ticks: 990_000, threads: 600_000 })).toBe(990_000);
  });
});
