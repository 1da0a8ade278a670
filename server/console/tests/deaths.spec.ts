// 去世: told at a door it stands once, with the visit that told it; it is turned down, and the words go back with the visit, or
// confirmed, and a death that was none is undone on the person's page.
import type { Page } from "playwright/test";
import { demo, expect, queueRead, type Server, signIn, test } from "./demo";

async function told(server: Server, name: string) {
  const person = await server.active(`${name}${Date.now() % 100_000}`);
  const day = Math.floor(Date.now() / 86_400_000) - 3;
  const entries = [{ person, result: "DIED", died_on: day }];
  const visit = await server.visit(entries, { situation: "邻居说的", no_signature: "家中无人" });
  return { person, visit };
}

/** All that the pages list about somebody's death. */
const once = (page: Page, person: string) => page.locator(`[data-testid="matter"][data-record="${person}"]`);

test("death told in error is turned down once and its words go back with the visit", async ({ page, server }) => {
  const { person, visit } = await told(server, "误报");
  await signIn(page, "/review");
  await expect(page.getByTestId("queued")).toBeVisible();
  await expect(page.locator(`[data-row-key="${visit}"]`), "decided in the queue and not listed twice").toHaveCount(0);
  await page.getByTestId("queued").click();
  await queueRead(page);
  const matter = once(page, person);
  await expect(matter).toHaveCount(1);
  await matter.scrollIntoViewIfNeeded();
  await expect(matter).toContainText("报告去世");
  await expect(matter).toContainText("邻居说的");
  await expect(matter.getByTestId("now").first()).toContainText("在世");
  await expect(matter.getByTestId("other").first()).toContainText("去世");
  await expect(matter.getByTestId("other").first(), "who said it is not the desk").toContainText("由走访报告");
  await page.screenshot({ path: "test-results/death.png" });

  await matter.getByRole("button", { name: "不属实，驳回" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "不属实，驳回" }).click();
  await expect(dialog).toContainText("请选择报告它的走访怎么办");
  await dialog.getByLabel("报告它的走访怎么办").click();
  await page.locator(".ant-select-item-option", { hasText: "退回，由记录人更正" }).click();
  await dialog.getByLabel(/^怎么核实的/).fill("打电话本人接的");
  await page.screenshot({ path: "test-results/death-down.png" });
  await dialog.getByRole("button", { name: "不属实，驳回" }).click();
  await expect(matter).toHaveCount(0);

  const after = await server.person(person);
  expect([after.life, after.fields.died_on ?? null]).toEqual(["ALIVE", null]);
  expect(after.visits[0]?.review).toBe("RETURNED");
  expect(await server.held(person)).toEqual([]);
  const open = await server.every("/api/v1/cases");
  expect(open.filter((row) => row.subjects.some((subject) => subject.id === person))).toEqual([]);
  const { rows } = await server.history("contact", visit);
  expect(rows.find((row) => row.what === "RETURNED")?.reason).toBe("打电话本人接的");
});

test("death is confirmed with its day, and undone on the person's page when it was none", async ({ page, server }) => {
  const { person, visit } = await told(server, "确认");
  await signIn(page, "/queue");
  await queueRead(page);
  const matter = once(page, person);
  await matter.getByRole("button", { name: "属实，登记去世" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("怎么核实的").fill("看过死亡证明");
  await dialog.getByRole("button", { name: "属实，登记去世" }).click();
  await expect(matter).toHaveCount(0);
  const dead = await server.person(person);
  expect(dead.life).toBe("DECEASED");
  expect(dead.fields.died_on).toBe(Math.floor(Date.now() / 86_400_000) - 3);
  expect(dead.visits.find((one) => one.id === visit)?.review).toBe("ACCEPTED");

  await page.goto(`${demo.url}/people/${person}`);
  await page.getByRole("button", { name: "更正为在世" }).press("Enter");
  await page.screenshot({ path: "test-results/death-undone.png" });
  await dialog.getByRole("button", { name: "更正为在世" }).click();
  await expect(page.getByRole("button", { name: "更正为在世" })).toHaveCount(0);
  const alive = await server.person(person);
  expect([alive.life, alive.fields.died_on ?? null]).toEqual(["ALIVE", null]);
});

test("somebody met after their death stands once, with what the register says", async ({ page, server }) => {
  const person = await server.active(`又见${Date.now() % 100_000}`);
  const day = Math.floor(Date.now() / 86_400_000) - 30;
  const { revision } = await server.person(person);
  const dead = { kind: "person", target: person, act: "change", set: { life: "DECEASED", died_on: day }, since: day };
  await server.record(dead, revision);
  const visit = await server.visit([{ person, result: "MET" }]);
  await signIn(page, "/queue");
  await queueRead(page);
  const mine = page.locator(`[data-testid="matter"][data-record="${visit}"]`);
  await expect(mine).toHaveCount(1);
  await mine.scrollIntoViewIfNeeded();
  await expect(mine.getByTestId("death-said")).toHaveCount(1);
  await expect(mine).toContainText("见到本人");
  await page.screenshot({ path: "test-results/death-met.png" });
  await mine.getByRole("button", { name: "更正为在世" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "更正为在世" }).click();
  await expect(mine).toHaveCount(0);
  const after = await server.person(person);
  expect([after.life, after.visits[0]?.held]).toEqual(["ALIVE", false]);
});
