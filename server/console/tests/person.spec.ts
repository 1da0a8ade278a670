// One person: found by keyboard, shown with what happened and its pictures, the id number only on demand.
import type { Locator } from "playwright/test";
import { METHOD, RESULT, WORK, word } from "../src/words/codes";
import { time } from "../src/words/time";
import { demo, expect, signIn, test } from "./demo";

const width = (image: Locator) => image.evaluate((image: HTMLImageElement) => image.naturalWidth);

test("page shows the visit, the plaque and the photo", async ({ page, server }) => {
  const { person } = await server.evidenced();
  await signIn(page, `/people/${person.id}`);
  await expect(page.getByRole("heading", { name: person.name })).toBeVisible();
  await expect(page.getByTestId("plaque")).toContainText("已悬挂");
  await expect(page.getByTestId("plaque-event")).toHaveCount(person.plaque_events.length);
  await expect(page.getByTestId("visit")).toHaveCount(person.visits.length);
  for (const [at, visit] of person.visits.entries()) {
    const entry = page.getByTestId("visit").nth(at);
    await expect(entry).toContainText(time(visit.at_ms));
    await expect(entry).toContainText(`${word(METHOD, visit.method)} · ${word(RESULT, visit.result)}`);
    for (const code of visit.work_types) await expect(entry).toContainText(word(WORK, code));
    await expect(entry.getByText("待核", { exact: true })).toHaveCount(visit.held ? 1 : 0);
    await expect(entry.getByText("已作废", { exact: true })).toHaveCount(visit.void ? 1 : 0);
  }

  const small = page.getByTestId("visit").locator("img.photo, .photo img").first();
  await expect.poll(() => width(small)).toBeGreaterThan(0);
  await page.screenshot({ path: "test-results/person.png", fullPage: true });
  const before = await width(small);
  await small.click();
  const full = page.locator(".ant-image-preview img").first();
  await expect.poll(() => width(full), "the picture itself, not its small one").toBeGreaterThan(before);
  await page.screenshot({ path: "test-results/photo.png" });
  await page.keyboard.press("Escape");
  await expect(full).toBeHidden();
});

test("id number stays masked until a reason is given", async ({ page, server }) => {
  const { person } = await server.evidenced();
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/reveal")) asked += 1;
  });
  await signIn(page, `/people/${person.id}`);
  const number = page.getByTestId("id-number");
  await expect(number).toHaveText(person.id_masked ?? "");
  await expect(number).toContainText("*");
  expect(await page.content()).not.toMatch(/\d{17}[\dX]/);

  const show = page.getByRole("button", { name: /^(eye )?查看$/ });
  await show.first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /查\s*看/ }).click();
  await expect(dialog).toContainText("请写明查看事由");
  expect(asked).toBe(0);

  await dialog.getByRole("button", { name: "核对身份" }).click();
  await dialog.getByRole("button", { name: /查\s*看/ }).click();
  await expect(number).toHaveText(/^\d{17}[\dX]$/);
  expect(asked).toBe(1);

  await page.getByRole("button", { name: "隐藏" }).click();
  await expect(number).toHaveText(person.id_masked ?? "");
});

test("slash leads to search, Enter opens, arrows choose", async ({ page, server }) => {
  const { person } = await server.evidenced();
  const { rows } = await server.get("/api/v1/people", { search: person.name });
  await signIn(page);
  await expect(page.getByTestId("cards")).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByLabel("查找人员")).toBeFocused();
  await page.keyboard.type(person.name);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${demo.url}/people?search=${encodeURIComponent(person.name)}`);
  await expect(page.getByLabel("查找人员")).toBeFocused();
  const found = page.getByTestId("found").locator("tbody tr[data-row-key]");
  await expect(found).toHaveCount(rows.length);
  const wanted = rows.findIndex((row) => row.id === person.id);
  expect(wanted).toBeGreaterThanOrEqual(0);
  for (let step = 0; step < wanted; step++) await page.keyboard.press("ArrowDown");
  await expect(found.nth(wanted)).toHaveClass(/active/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${demo.url}/people/${person.id}`);
  await expect(page.getByRole("heading", { name: person.name })).toBeVisible();
});

test("search that finds nobody says so", async ({ page }) => {
  await signIn(page, "/people?search=没有这个人名");
  await expect(page.getByText("没有找到“没有这个人名”")).toBeVisible();
});

test("telephone numbers stay masked until a reason is given", async ({ page, server }) => {
  const { person } = await server.evidenced();
  expect(person.phones.join(""), "pages show masks alone").toContain("*");
  await signIn(page, `/people/${person.id}`);
  const numbers = page.getByTestId("phones");
  await expect(numbers).toHaveText(person.phones.join("、"));
  await numbers.locator("..").getByRole("button").click();
  const dialog = page.getByRole("dialog", { name: "查看完整电话号码" });
  await dialog.getByRole("button", { name: "约走访时间" }).click();
  await dialog.getByRole("button", { name: /^查\s*看$/ }).click();
  await expect(numbers).not.toContainText("*");
});

test("a birth shows to the month until a reason is given", async ({ page, server }) => {
  const person = await server.active(`生日人${Date.now() % 100_000}`, { birth: "1961-03-05" });
  expect((await server.person(person)).birth).toBe("1961-03");
  await signIn(page, `/people/${person}`);
  const birth = page.getByTestId("birth");
  await expect(birth).toHaveText("1961-03");
  await birth.locator("..").getByRole("button").click();
  const dialog = page.getByRole("dialog", { name: "查看完整出生日期" });
  await dialog.getByRole("button", { name: /^查\s*看$/ }).click();
  await expect(dialog).toContainText("请写明查看事由");
  await dialog.getByRole("button", { name: "核对年龄" }).click();
  await dialog.getByRole("button", { name: /^查\s*看$/ }).click();
  await expect(birth).toHaveText("1961-03-05");
  await page.getByRole("button", { name: "隐藏" }).click();
  await expect(birth).toHaveText("1961-03");
});
