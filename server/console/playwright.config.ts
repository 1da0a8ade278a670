// The console in a real browser against a real server; see tests/demo.ts for how the tests find it.
import { existsSync } from "node:fs";
import { defineConfig } from "playwright/test";
import { ALONE, COUNTY } from "./tests/turn";

// The system's browser: the tests never fetch one.
const browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // Tests run beside one another; which must not, see tests/turn.ts. Those come first, so that few wait for one another.
  workers: 2,
  projects: [
    { name: "county", grep: new RegExp(COUNTY), fullyParallel: true },
    { name: "alone", grep: new RegExp(ALONE) },
    { name: "own", grepInvert: [new RegExp(COUNTY), new RegExp(ALONE)] },
  ],
  forbidOnly: Boolean(process.env.CI),
  reporter: "list",
  // Against a page that hangs; how fast a machine is decides no test.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  use: {
    // The server's certificate comes from the county's own authority.
    ignoreHTTPSErrors: true,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1440, height: 900 },
    // A press must meet what is there, not where an opening dialog was a moment ago; motion.spec.ts tries both.
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    launchOptions: {
      ...(browser && { executablePath: browser }),
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
