// The console in a real browser against a real server; see tests/demo.ts for how the tests find it.
import { existsSync } from "node:fs";
import { defineConfig } from "playwright/test";

// The system's browser: the tests never fetch one.
const browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // One account signs in again and again; failures in a row would lock it for all.
  workers: 1,
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
