// The server's answers, to compare the pages with, and what a test writes so that its page has something to show.
import { type APIRequestContext, expect } from "playwright/test";
import type { paths } from "../src/api/schema";
import type { Coverage, DivisionRef, Household, Person, SignedIn, Visit, Written } from "../src/api/types";
import { demo } from "./running";

type Json<T> = T extends { get: { responses: { 200: { content: { "application/json": infer Body } } } } }
  ? Body
  : never;

/** A household of one, and who that is. */
export interface Home {
  name: string;
  address: string;
  division: DivisionRef;
  household: string;
  person: string;
}

/** A new session of an account; every account of the demo has one password. */
export async function session(request: APIRequestContext, login = demo.account): Promise<SignedIn> {
  const data = { login, password: demo.password };
  const answer = await request.post(`${demo.url}/api/v1/session`, { data });
  expect(answer.status(), `the account ${login} signs in`).toBe(200);
  return (await answer.json()) as SignedIn;
}

/** The server's answers, asked for beside the pages with a session of its own. */
export class Server {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly signed: SignedIn,
  ) {}

  static async signIn(request: APIRequestContext, login?: string): Promise<Server> {
    return new Server(request, await session(request, login));
  }

  /** As another account of the demo. */
  async as(login: string): Promise<Server> {
    return Server.signIn(this.request, login);
  }

  /** Whether its session outlives whatever begins now. */
  lasts(ms: number): boolean {
    return this.signed.access_expires_ms > Date.now() + ms;
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

  async household(id: string): Promise<Household> {
    return (await this.json(`/api/v1/households/${id}`, {})) as Household;
  }

  /** A letter of merit that is registered, for a family of the village with the most people met; its id. */
  async merit(soldier: string, more: Record<string, unknown> = {}): Promise<string> {
    const [, , village] = await this.way();
    const fields = {
      division: village.division.id,
      family_name: "喜报家属",
      relation: "父亲",
      level: "THIRD",
      source: "TROOPS",
      received_on: Math.floor(Date.now() / 86_400_000) - 3,
      soldier,
      ...more,
    };
    return (await this.record({ kind: "letter", act: "record", fields })).target;
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
      Authorization: `Bearer ${this.signed.access}`,
      "Idempotency-Key": crypto.randomUUID(),
      ...(base !== undefined && { "If-Match": `"${base}"` }),
    };
    const answer = await this.request.post(`${demo.url}/api/v1/records`, { headers, data });
    expect(answer.status(), await answer.text()).toBe(200);
    return (await answer.json()) as Written;
  }

  private async json(path: string, query: Record<string, string>): Promise<unknown> {
    const headers = { Authorization: `Bearer ${this.signed.access}` };
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

  /**
   * Somebody who was met, with a photo whose bytes are here and a plaque that hangs: the first of them, or who comes so many
   * later, where a test changes what it finds.
   */
  async evidenced(later = 0, fits: (visit: Visit) => boolean = () => true): Promise<{ person: Person; visit: Visit }> {
    const { division } = await this.get("/api/v1/coverage");
    let at = 0;
    for (const row of await this.list(division.id, "in_person")) {
      const person = await this.person(row.person);
      const visit = person.visits.find((visit) => fits(visit) && visit.photos.some((photo) => photo.stored));
      if (visit && person.plaque?.state === "HUNG" && at++ === later) return { person, visit };
    }
    throw new Error("too few people in the data have a visit with a stored photo and a plaque on the wall");
  }

  /** A home with its head, who is entitled to a plaque, in the village with the most people met. */
  async home(name: string): Promise<Home> {
    const [, , village] = await this.way();
    const { division } = village;
    const address = `${name}老屋`;
    const fields = { head_name: name, division: division.id, address };
    const household = (await this.record({ kind: "household", act: "record", fields })).target;
    const member = { household, relation: "HEAD", address, categories: ["DISCHARGED_SOLDIER"] };
    return { name, address, division, household, person: await this.active(name, member) };
  }

  /** A village with people in which no test writes and nothing of the demo waits, whoever that gave what: the last one. */
  async quiet(): Promise<Coverage> {
    const below = ({ division, parts }: Coverage) =>
      parts.filter((part) => part.division.id !== division.id && part.figures.denominator > 1).reverse();
    for (const township of below(await this.get("/api/v1/coverage"))) {
      for (const village of below(await this.get("/api/v1/coverage", { division: township.division.id }))) {
        if (!(await this.waits(village.division.id)))
          return this.get("/api/v1/coverage", { division: village.division.id });
      }
    }
    throw new Error("something waits in every village of the data");
  }

  private async waits(division: string): Promise<boolean> {
    const rows = await Promise.all([
      this.get("/api/v1/people", { division, register: "DRAFT" }),
      this.get("/api/v1/people", { division, register: "REVIEWING" }),
      this.get("/api/v1/holding", { division }),
      this.get("/api/v1/cases", { division }),
      this.get("/api/v1/review", { division }),
    ]);
    return rows.some((page) => page.rows.length > 0);
  }
}
