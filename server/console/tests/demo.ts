// The running server that the tests look at, and its answers to compare the pages with. The data comes from real phones:
// at least one person was visited, with a stored photo and a plaque on the wall.
import { readFileSync } from "node:fs";
import { type APIRequestContext, test as base, expect, type Page } from "playwright/test";
import type { paths } from "../src/api/schema";
import type { Coverage, Person, SignedIn, Written } from "../src/api/types";
import { fill } from "../src/words/table";

interface Console {
  url: string;
  account: string;
  password: string;
}

/** From BIANFANG_DEMO_JSON (a file {console: {url, account, password}}) or BIANFANG_CONSOLE_URL, _LOGIN and _PASSWORD. */
function running(): Console {
  const { BIANFANG_DEMO_JSON, BIANFANG_CONSOLE_URL, BIANFANG_CONSOLE_LOGIN, BIANFANG_CONSOLE_PASSWORD } = process.env;
  if (BIANFANG_DEMO_JSON) {
    const { console } = JSON.parse(readFileSync(BIANFANG_DEMO_JSON, "utf8")) as { console: Console };
    return { ...console, url: console.url.replace(/\/$/, "") };
  }
  if (BIANFANG_CONSOLE_URL && BIANFANG_CONSOLE_LOGIN && BIANFANG_CONSOLE_PASSWORD) {
    const url = BIANFANG_CONSOLE_URL.replace(/\/$/, "");
    return { url, account: BIANFANG_CONSOLE_LOGIN, password: BIANFANG_CONSOLE_PASSWORD };
  }
  throw new Error(
    "没有可测的服务器：请设置 BIANFANG_DEMO_JSON，或 BIANFANG_CONSOLE_URL、_LOGIN、_PASSWORD / " +
      "no server to test: set BIANFANG_DEMO_JSON, or BIANFANG_CONSOLE_URL, _LOGIN and _PASSWORD",
  );
}

export const demo = running();

type Json<T> = T extends { get: { responses: { 200: { content: { "application/json": infer Body } } } } }
  ? Body
  : never;

/** The server's answers, asked for beside the pages with a session of its own. */
export class Server {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly access: string,
  ) {}

  static async signIn(request: APIRequestContext): Promise<Server> {
    const data = { login: demo.account, password: demo.password };
    const answer = await request.post(`${demo.url}/api/v1/session`, { data });
    expect(answer.status(), "the account of the test signs in").toBe(200);
    return new Server(request, ((await answer.json()) as SignedIn).access);
  }

  async get<P extends keyof paths & string>(path: P, query: Record<string, string> = {}): Promise<Json<paths[P]>> {
    return (await this.json(path, query)) as Json<paths[P]>;
  }

  async person(id: string): Promise<Person> {
    return (await this.json(`/api/v1/people/${id}`, {})) as Person;
  }

  async history(kind: string, id: string): Promise<Json<paths["/api/v1/records/{kind}/{id}/history"]>> {
    const path = `/api/v1/records/${kind}/${id}/history`;
    return (await this.json(path, {})) as Json<paths["/api/v1/records/{kind}/{id}/history"]>;
  }

  /** Somebody new who waits for the reviewer, in the village with the most people met; the id. */
  async draft(name: string, more: Record<string, unknown> = {}): Promise<string> {
    const [, , village] = await this.way();
    const place = village.division.id;
    const fields = {
      name,
      registered_division: place,
      living_division: place,
      life: "ALIVE",
      register: "DRAFT",
      ...more,
    };
    return (await this.record({ kind: "person", act: "record", fields })).target;
  }

  async plaque(household: string): Promise<Json<paths["/api/v1/plaques/{id}"]>> {
    return (await this.json(`/api/v1/plaques/${household}`, {})) as Json<paths["/api/v1/plaques/{id}"]>;
  }

  async letter(id: string): Promise<Json<paths["/api/v1/letters/{id}"]>> {
    return (await this.json(`/api/v1/letters/${id}`, {})) as Json<paths["/api/v1/letters/{id}"]>;
  }

  async need(id: string): Promise<Json<paths["/api/v1/needs/{id}"]>> {
    return (await this.json(`/api/v1/needs/${id}`, {})) as Json<paths["/api/v1/needs/{id}"]>;
  }

  async basisPerson(id: string): Promise<Json<paths["/api/v1/basis_persons/{id}"]>> {
    return (await this.json(`/api/v1/basis_persons/${id}`, {})) as Json<paths["/api/v1/basis_persons/{id}"]>;
  }

  async unit(id: string): Promise<Json<paths["/api/v1/units/{id}"]>> {
    return (await this.json(`/api/v1/units/${id}`, {})) as Json<paths["/api/v1/units/{id}"]>;
  }

  /** Somebody of the register, in the village with the most people met; the id. */
  async active(name: string, more: Record<string, unknown> = {}): Promise<string> {
    return this.draft(name, { register: "ACTIVE", ...more });
  }

  /** A visit of an hour ago, written as the account of the test; its id. */
  async visit(entries: { person: string; result: string }[], more: Record<string, unknown> = {}): Promise<string> {
    const fields = { at: Date.now() - 3_600_000, method: "HOME", work_types: ["ROUND"], entries, ...more };
    return (await this.record({ kind: "contact", act: "record", fields })).target;
  }

  /** What waits of a record. */
  async held(record: string) {
    return (await this.every("/api/v1/holding")).filter((row) => row.record.id === record);
  }

  /** Every row of a list that comes in pages. */
  async every<P extends "/api/v1/holding" | "/api/v1/cases" | "/api/v1/review">(
    path: P,
  ): Promise<Json<paths[P]>["rows"]> {
    const rows: unknown[] = [];
    for (let after = ""; ; ) {
      const page = (await this.json(path, after ? { after } : {})) as { rows: unknown[]; next?: string | null };
      rows.push(...page.rows);
      if (!page.next) return rows as Json<paths[P]>["rows"];
      after = page.next;
    }
  }

  /** Writes as the account of the test; `base` is the revision that was seen, none for a new record. */
  async record(data: Record<string, unknown>, base?: number): Promise<Written> {
    const headers = {
      Authorization: `Bearer ${this.access}`,
      "Idempotency-Key": crypto.randomUUID(),
      ...(base !== undefined && { "If-Match": `"${base}"` }),
    };
    const answer = await this.request.post(`${demo.url}/api/v1/records`, { headers, data });
    expect(answer.status(), await answer.text()).toBe(200);
    return (await answer.json()) as Written;
  }

  private async json(path: string, query: Record<string, string>): Promise<unknown> {
    const headers = { Authorization: `Bearer ${this.access}` };
    const answer = await this.request.get(`${demo.url}${path}`, { headers, params: query });
    expect(answer.status(), path).toBe(200);
    return answer.json();
  }

  /** From the top down to the village with the most people met. */
  async way(): Promise<[Coverage, Coverage, Coverage]> {
    const down = async (from: Coverage): Promise<Coverage> => {
      const parts = from.parts.filter((part) => part.division.id !== from.division.id);
      const best = parts.reduce((a, b) => (b.figures.in_person > a.figures.in_person ? b : a));
      return this.get("/api/v1/coverage", { division: best.division.id });
    };
    const county = await this.get("/api/v1/coverage");
    const township = await down(county);
    return [county, township, await down(township)];
  }

  /** Everybody behind a figure. */
  async list(division: string, which: string) {
    const rows = [];
    for (let after: string | null = ""; after !== null; ) {
      const query: Record<string, string> = after ? { division, which, after } : { division, which };
      const page: Json<paths["/api/v1/coverage/people"]> = await this.get("/api/v1/coverage/people", query);
      rows.push(...page.rows);
      after = page.next ?? null;
    }
    return rows;
  }

  /** Somebody who was met, with a photo whose bytes are here and a plaque that hangs. */
  async evidenced(): Promise<Person> {
    const { division } = await this.get("/api/v1/coverage");
    for (const row of await this.list(division.id, "in_person")) {
      const person = await this.person(row.person);
      const stored = person.visits.some((visit) => visit.photos.some((photo) => photo.stored));
      if (stored && person.plaque?.state === "HUNG") return person;
    }
    throw new Error("nobody in the data has a visit with a stored photo and a plaque on the wall");
  }
}

/** An id number of nobody: an area that was never assigned, and a right check digit. */
export function idNumber(): string {
  const serial = Math.floor(Math.random() * 1000);
  const body = `990000195${serial % 10}0${1 + (serial % 9)}${10 + (serial % 18)}${String(serial).padStart(3, "0")}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((all, weight, at) => all + weight * Number(body[at]), 0);
  return body + "10X98765432"[sum % 11];
}

interface Fixtures {
  server: Server;
  /** A page on which nothing went wrong in silence. */
  page: Page;
}

export const test = base.extend<Fixtures>({
  server: async ({ playwright }, use) => {
    const request = await playwright.request.newContext({ ignoreHTTPSErrors: true });
    const server = await Server.signIn(request);
    fill(await server.get("/api/v1/codes"));
    await use(server);
    await request.dispose();
  },
  page: async ({ page }, use) => {
    const wrong: string[] = [];
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("console", (message) => {
      // An answer that is an error is shown on the page; what the policy stopped or React warned of is not.
      const answered = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !answered) wrong.push(message.text());
    });
    await use(page);
    expect(wrong).toEqual([]);
  },
});

export { expect };

/** Opens an address and signs in there. */
export async function signIn(page: Page, path = "/", password = demo.password, login = demo.account) {
  await page.goto(demo.url + path);
  await page.getByLabel("账号").fill(login);
  await page.getByLabel("口令", { exact: true }).fill(password);
  await page.getByRole("button", { name: /登\s*录/ }).click();
}

/** A figure as the pages write it. */
export const written = (value: number) => value.toLocaleString("zh-CN");
