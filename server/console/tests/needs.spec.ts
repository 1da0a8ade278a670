// 诉求: listed by what waits, registered with who handles it and until when, answered and asked about; entered from a person's
// page, taken out with the reason.
import type { Page } from "playwright/test";
import { NEED_STATE, NEED_TYPE } from "../src/words/needs";
import { demo, expect, type Server, signIn, test } from "./demo";

const DAY_MS = 86_400_000;

/** Somebody new and what they ask for, written as the account of the test. */
async function asking(server: Server, more: Record<string, unknown> = {}) {
  const name = `诉求人${Date.now() % 1_000_000}`;
  const person = await server.active(name);
  const asked = `${name}问慢性病报销`;
  const fields = { person, called: name, need_type: "MEDICAL", urgency: "YELLOW", asked, at: Date.now(), ...more };
  const { target } = await server.record({ kind: "need", act: "record", fields });
  return { name, person, asked, id: target };
}

async function step(page: Page, name: RegExp) {
  await page.getByTestId("need-acts").getByRole("button", { name }).click();
  return page.getByRole("dialog", { name: /：/ });
}

async function choose(page: Page, label: string, option: string) {
  await page.getByLabel(label, { exact: true }).click();
  await page.locator(".ant-select-item-option", { hasText: option }).first().click();
}

test("a need is found in the list, registered with owner and day, answered and asked about", async ({
  page,
  server,
}) => {
  const [, township, village] = await server.way();
  const { id, name, asked } = await asking(server);
  await signIn(page, "/needs");
  await page.getByLabel("查找诉求").fill(name);
  const table = page.getByTestId("needs");
  const row = table.locator(`tbody tr[data-row-key="${id}"]`);
  await expect(row).toContainText(NEED_STATE.FOUND ?? "?");
  await expect(row).toContainText("黄（关注）");
  await expect(row).toContainText(NEED_TYPE.MEDICAL ?? "?");
  await expect(row).toContainText(village.division.name);
  await page.screenshot({ path: "test-results/needs.png" });
  await row.getByRole("link", { name: asked }).click();
  await expect(page).toHaveURL(`${demo.url}/needs/${id}`);

  const register = await step(page, /登记交办/);
  await register.getByRole("button", { name: /登记交办/ }).click();
  await expect(register).toContainText("请选择承办单位");
  await register.getByLabel("承办单位").fill(township.division.name);
  await page.locator(".ant-select-tree-treenode").getByText(township.division.name, { exact: true }).click();
  const due = new Date(Date.now() + 10 * DAY_MS).toISOString().slice(0, 10);
  await register.getByLabel("办理期限").fill(due);
  await register.getByLabel("办理期限").press("Enter");
  await choose(page, "紧急程度", "红（紧急）");
  await page.screenshot({ path: "test-results/need-register.png" });
  await register.getByRole("button", { name: /登记交办/ }).click();
  await expect(register).toHaveCount(0);
  const said = page.getByTestId("need-said");
  await expect(said).toContainText(township.division.name);
  await expect(said).toContainText(due);
  await expect(said).toContainText("红（紧急）");
  const entries = page.getByTestId("need-step");
  await expect(entries).toHaveCount(1);
  await expect(entries.first()).toContainText(`交给 ${township.division.name}`);
  const registered = await server.need(id);
  expect(registered.row).toMatchObject({ state: "REGISTERED", urgency: "RED", due_on: due, overdue: false });
  expect(registered.row.owner?.id).toBe(township.division.id);

  const refer = await step(page, /^转\s*办$/);
  await refer.getByRole("button", { name: /^转\s*办$/ }).click();
  await expect(refer).toContainText("请选择或写明转给谁");
  await refer.getByRole("button", { name: /取\s*消/ }).click();
  await expect(refer).toHaveCount(0);

  const resolve = await step(page, /^办\s*结$/);
  await resolve.getByRole("button", { name: /^办\s*结$/ }).click();
  await expect(resolve).toContainText("请写明办理情况");
  await resolve.getByLabel("办理情况").fill("医保局已报销，身份证990101196001010015");
  await resolve.getByRole("button", { name: /^办\s*结$/ }).click();
  await expect(entries).toHaveCount(2);
  await expect(entries.first(), "newest first").toContainText("医保局已报销");
  await expect(page.getByText("办理情况中的身份证号已隐去")).toBeVisible();
  await expect(page.getByText("990101196001010015")).toHaveCount(0);
  expect((await server.need(id)).row).toMatchObject({ state: "RESOLVED", open: false });

  const revisit = await step(page, /^回\s*访$/);
  await revisit.getByLabel("不满意", { exact: true }).check();
  await revisit.getByLabel("回访情况（可不填）").fill("还差一张发票");
  await revisit.getByRole("button", { name: /^回\s*访$/ }).click();
  await expect(entries).toHaveCount(3);
  await expect(entries.first()).toContainText("不满意");
  await expect(page.getByTestId("need-acts").getByRole("button", { name: "重新办理" })).toBeVisible();
  await page.screenshot({ path: "test-results/need.png", fullPage: true });
  const done = await server.need(id);
  expect(done.steps.map((entry) => (entry.fields as { step?: string }).step)).toEqual([
    "REGISTERED",
    "RESOLVED",
    "REVISITED",
  ]);
  expect(done.steps.at(-1)?.fields).toMatchObject({ satisfied: false, answer: "还差一张发票" });

  // What is answered waits for nobody, and stands where all are listed.
  await page.goto(`${demo.url}/needs?search=${encodeURIComponent(name)}`);
  await expect(table).toContainText(`没有找到“${name}”`);
  await page
    .getByLabel("进度")
    .getByText(/^全部 /)
    .click();
  await expect(page).toHaveURL(/state=ALL/);
  await expect(row).toContainText(NEED_STATE.REVISITED ?? "?");
});

test("what is past its day says so in words, and a need entered in error is taken out", async ({ page, server }) => {
  const { id, name } = await asking(server, { due_on: Math.floor(Date.now() / DAY_MS) - 3 });
  expect((await server.need(id)).row.overdue).toBe(true);
  await signIn(page, `/needs?search=${encodeURIComponent(name)}`);
  const row = page.getByTestId("needs").locator(`tbody tr[data-row-key="${id}"]`);
  await expect(row).toContainText("已超期");
  // What is chosen stands in the address, and the box follows it.
  await page.getByLabel("只看已超期").click();
  await expect(page).toHaveURL(/overdue=1/);
  await expect(page.getByLabel("只看已超期")).toBeChecked();
  await expect(row).toBeVisible();
  await choose(page, "诉求类型", NEED_TYPE.HOUSING ?? "?");
  await expect(row).toHaveCount(0);
  await page.goto(`${demo.url}/needs/${id}`);
  await page.getByRole("button", { name: "登记错了，作废" }).click();
  const wrong = page.getByRole("dialog", { name: /^作废：/ });
  await wrong.getByLabel("作废原因").fill("记到别人名下了");
  await wrong.getByRole("button", { name: /作\s*废/ }).click();
  await expect(page.getByText("已作废：记到别人名下了")).toBeVisible();
  const after = await server.need(id);
  expect(after.row.may).toEqual([]);
  expect((await server.get("/api/v1/needs", { search: name })).rows).toEqual([]);
});

test("a need is added from a person's page and stands there", async ({ page, server }) => {
  const name = `来访人${Date.now() % 1_000_000}`;
  const person = await server.active(name);
  await signIn(page, `/people/${person}`);
  const card = page.getByTestId("needs-card");
  await expect(card).toContainText("没有登记过诉求");
  await card.getByRole("button", { name: "新增诉求" }).click();
  const dialog = page.getByRole("dialog", { name: `新增诉求：${name}` });
  await dialog.getByRole("button", { name: /^新\s*增$/ }).click();
  await expect(dialog).toContainText("请写明诉求内容");
  await expect(dialog).toContainText("请选择诉求类型");
  await dialog.getByLabel("诉求内容").fill("房屋漏雨，想修房");
  await choose(page, "诉求类型", NEED_TYPE.HOUSING ?? "?");
  await page.screenshot({ path: "test-results/need-new.png" });
  await dialog.getByRole("button", { name: /^新\s*增$/ }).click();
  await expect(dialog).toHaveCount(0);
  const entry = card.getByTestId("need");
  await expect(entry).toHaveCount(1);
  await expect(entry).toContainText("房屋漏雨，想修房");
  await expect(entry).toContainText(NEED_STATE.FOUND ?? "?");
  await expect(entry).toContainText("蓝（一般）");
  await page.screenshot({ path: "test-results/needs-card.png" });
  const { rows } = await server.get("/api/v1/needs", { about: person });
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ person, called: name, need_type: "HOUSING", urgency: "BLUE", open: true });
  await entry.getByRole("link", { name: "房屋漏雨，想修房" }).click();
  await expect(page).toHaveURL(`${demo.url}/needs/${rows[0]?.id}`);
  await expect(page.getByTestId("need-said").getByRole("link", { name })).toHaveAttribute("href", `/people/${person}`);
});
