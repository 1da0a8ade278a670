// What every test begins with: the running server (running.ts), its answers (server.ts), and a page on which nothing may go wrong
// in silence. The data comes from real phones: at least one person was visited, with a stored photo and a plaque on the wall.
// Tests run beside one another: each writes people, homes and letters of its own and asks of the lists for those alone. What is
// true of the whole county at once is tagged COUNTY or ALONE (turn.ts).
import { join } from "node:path";
import { type BrowserContext, test as base, expect, type Page } from "playwright/test";
import type { Session } from "../src/session/session";
import { fill } from "../src/words/table";
import { demo } from "./running";
import { Server, session } from "./server";
import { ALONE, COUNTY, turn } from "./turn";

export { ALONE, COUNTY, demo, expect, Server };

/** An id number of nobody: an area that was never assigned, and a right check digit. Two of them hardly meet. */
export function idNumber(): string {
  const one = (of: number) => Math.floor(Math.random() * of);
  const day = `19${50 + one(30)}0${1 + one(9)}${10 + one(18)}`;
  const body = `990000${day}${String(one(1000)).padStart(3, "0")}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((all, weight, at) => all + weight * Number(body[at]), 0);
  return body + "10X98765432"[sum % 11];
}

/** Longer than any test may take. */
const LASTS_MS = 360_000;

interface Once {
  /**
   * One browser with a folder for all tests of a worker: the console's script is read and compiled once. A tab begins without a
   * session, since the console keeps it by tab.
   */
  profile: BrowserContext;
  /** Signs in once, for a password costs the server some work. */
  desk: () => Promise<Server>;
}

interface Fixtures {
  server: Server;
  /** A page on which nothing went wrong in silence. */
  page: Page;
  turn: undefined;
}

export const test = base.extend<Fixtures, Once>({
  profile: [
    async ({ playwright }, use, { project }) => {
      const { launchOptions, contextOptions, ignoreHTTPSErrors, locale, timezoneId, viewport } = project.use;
      const context = await playwright.chromium.launchPersistentContext("", {
        ...launchOptions,
        ...contextOptions,
        ...(ignoreHTTPSErrors !== undefined && { ignoreHTTPSErrors }),
        ...(locale !== undefined && { locale }),
        ...(timezoneId !== undefined && { timezoneId }),
        ...(viewport !== undefined && { viewport }),
      });
      await use(context);
      await context.close();
    },
    { scope: "worker" },
  ],
  desk: [
    async ({ playwright }, use) => {
      const request = await playwright.request.newContext({ ignoreHTTPSErrors: true });
      let server: Server | undefined;
      await use(async () => {
        if (!server?.lasts(LASTS_MS)) server = await Server.signIn(request);
        return server;
      });
      await request.dispose();
    },
    { scope: "worker" },
  ],
  turn: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads which fixtures are named here
    async ({}, use, { project, tags }) => {
      const done = await turn(
        join(project.outputDir, "turns"),
        [ALONE, COUNTY].find((tag) => tags.includes(tag)),
      );
      await use(undefined);
      await done();
    },
    { auto: true },
  ],
  server: async ({ desk }, use) => {
    const server = await desk();
    // Tables that a later file of the tests made are empty until then.
    fill(await server.get("/api/v1/codes"));
    await use(server);
  },
  context: async ({ profile }, use) => use(profile),
  page: async ({ context }, use) => {
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("console", (message) => {
      // An answer that is an error is shown on the page; what the policy stopped or React warned of is not.
      const answered = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !answered) wrong.push(message.text());
    });
    await use(page);
    // The browser's own first tab stays, with it the browser.
    for (const open of context.pages().slice(1)) await open.close();
    await context.setOffline(false);
    expect(wrong).toEqual([]);
  },
});

/** Opens an address with a session that was begun beside the page; how a person signs in is asked by sign-in.spec.ts. */
export async function signIn(page: Page, path = "/") {
  const { account, name, role, rights, refresh, county, county_name: countyName } = await session(page.request);
  const kept: Session = { account, name, role, rights, county, countyName, refresh };
  await page.addInitScript((kept) => {
    // Once in a tab: a session that ends has ended.
    if (window.name === "signed in") return;
    window.name = "signed in";
    sessionStorage.setItem("bianfang.session", kept);
  }, JSON.stringify(kept));
  await page.goto(demo.url + path);
}

/** Opens an address and signs in there, as a person does. */
export async function signInByHand(page: Page, path = "/", password = demo.password, login = demo.account) {
  await page.goto(demo.url + path);
  await page.getByLabel("账号").fill(login);
  await page.getByLabel("口令", { exact: true }).fill(password);
  await page.getByRole("button", { name: /登\s*录/ }).click();
}

/** Waits until 待办核对 is read to its end: before, a matter is still put together from what comes in. */
export async function queueRead(page: Page) {
  await expect(page.locator('[data-testid="holding"][data-whole="true"]')).toHaveCount(1);
}

/** A figure as the pages write it. */
export const written = (value: number) => value.toLocaleString("zh-CN");
