// What the desk does with a household's plaque: each act asks what the domain needs, and is in the register afterwards.
import type { Page } from "playwright/test";
import { expect, type Server, signIn, test } from "./demo";

/** A household that waits for its first plaque. */
async function waiting(server: Server, head: string) {
  const { household, person } = await server.home(`${head}${Date.now() % 100_000}`);
  expect((await server.plaque(household)).row.state).toBe("PENDING");
  return { household, person };
}

async function act(page: Page, name: string) {
  // Two characters stand apart on a button.
  await page
    .getByTestId("acts")
    .getByRole("button", { name: new RegExp(`^${name.split("").join("\\s*")}$`) })
    .click();
  return page.getByRole("dialog", { name: new RegExp(`^${name}：`) });
}

async function write(page: Page) {
  const dialog = page.getByRole("dialog", { name: /：/ });
  await dialog.getByRole("button", { name: /^写\s*入$/ }).click();
  await expect(dialog).toHaveCount(0);
}

async function choose(page: Page, label: string, option: string) {
  await page.getByRole("dialog", { name: /：/ }).getByLabel(label).click();
  await page.locator(".ant-select-item-option", { hasText: option }).click();
}

/** Hangs one, as the desk does from the village's paper. */
async function hang(page: Page, name: string) {
  const dialog = await act(page, name);
  await dialog.getByText("大门", { exact: true }).click();
  await dialog.getByLabel("悬挂人").fill("巡查员甲");
  await dialog.getByLabel("签字人").fill("家属乙");
  return dialog;
}

async function paper(page: Page, number: string) {
  const dialog = page.getByRole("dialog", { name: /：/ });
  await dialog.getByLabel("文号").fill(number);
  await dialog.getByLabel("成文日期").fill("2026-01-15");
  await dialog.getByLabel("成文日期").press("Enter");
}

test("plaque is hung, cancelled on paper, restored, replaced and the old one destroyed", async ({ page, server }) => {
  const { household } = await waiting(server, "换牌");
  await signIn(page, `/plaques?house=${household}`);
  const state = page.getByTestId("house-state");
  await expect(state).toHaveText("待悬挂");
  await expect(page.getByTestId("acts").getByRole("button", { name: "恢复悬挂" })).toHaveCount(0);
  await expect(page.getByTestId("acts").getByRole("button", { name: "销毁旧牌" })).toHaveCount(0);

  await hang(page, "悬挂光荣牌");
  await write(page);
  await expect(state).toHaveText("已悬挂");
  const hung = await server.plaque(household);
  expect(hung.events.at(-1)?.fields).toMatchObject({ event: "NEW", position: "GATE", signature: "家属乙" });

  const cancel = await act(page, "取消悬挂");
  await cancel.getByRole("button", { name: /^写\s*入$/ }).click();
  await expect(cancel).toContainText("请填写文号");
  await expect(cancel).toContainText("请选择事由");
  await choose(page, "事由", "治安处罚且影响恶劣");
  await paper(page, "翁退役军人发〔2026〕3号");
  await page.screenshot({ path: "test-results/plaque-cancel.png" });
  await write(page);
  await expect(state).toHaveText("已取消");
  const cancelled = await server.plaque(household);
  expect(cancelled.cancelled_for).toBe("PUBLIC_ORDER");
  expect(cancelled.events.at(-1)?.fields).toMatchObject({ document: "翁退役军人发〔2026〕3号，2026-01-15" });

  await act(page, "恢复悬挂");
  await choose(page, "事由", "已改正并消除影响");
  await paper(page, "翁退役军人发〔2026〕9号");
  await write(page);
  await expect(state).toHaveText("已悬挂");
  expect((await server.plaque(household)).row.state).toBe("HUNG");

  const replace = await hang(page, "更换光荣牌");
  await replace.getByText("已交回", { exact: true }).click();
  await write(page);
  await expect(page.getByTestId("returned")).toHaveText("1 块");
  await act(page, "销毁旧牌");
  await write(page);
  await expect(page.getByTestId("returned")).toHaveText("0 块");
  await page.screenshot({ path: "test-results/plaque-house.png" });
  const done = await server.plaque(household);
  expect(done.row.returned).toBe(0);
  expect(done.events.map((event) => (event.fields as Record<string, unknown>).event)).toEqual([
    "NEW",
    "CANCEL",
    "RESTORE",
    "REPLACE",
    "DESTROY",
  ]);
  expect(done.events.every((event) => !event.held)).toBe(true);
});

test("cancellation for a crime cannot be restored, and taken back it is as if it were not", async ({
  page,
  server,
}) => {
  const { household } = await waiting(server, "取消");
  await signIn(page, `/plaques?house=${household}`);
  await act(page, "取消悬挂");
  await choose(page, "事由", "刑事处罚");
  await paper(page, "翁退役军人发〔2026〕4号");
  await write(page);
  const state = page.getByTestId("house-state");
  await expect(state).toHaveText("已取消");
  await expect(page.getByTestId("acts").getByRole("button", { name: "恢复悬挂" })).toHaveCount(0);
  const event = page.getByTestId("house-event").first();
  await event.getByRole("button", { name: /作\s*废/ }).click();
  const dialog = page.getByRole("dialog", { name: "作废：取消" });
  await dialog.getByLabel("作废原因").fill("写错了户");
  await dialog.getByRole("button", { name: /作\s*废/ }).click();
  await expect(state).toHaveText("待悬挂");
  await expect(event).toContainText("作废原因：写错了户");
  const after = await server.plaque(household);
  expect(after.row.state).toBe("PENDING");
  expect(after.events).toHaveLength(1);
  expect(after.events[0]).toMatchObject({ void: true, void_reason: "写错了户" });
});

test("one is handed out of a lot, and replaced without the old one by the county's exception", async ({
  page,
  server,
}) => {
  const { household } = await waiting(server, "领牌");
  const { division } = await server.get("/api/v1/plaques/figures");
  const fields = { act: "RECEIVED", division: division.id, count: 41, at: Date.now() };
  const lot = (await server.record({ kind: "plaque_stock", act: "record", fields })).target;
  const lotOf = async () => (await server.get("/api/v1/plaques/stock")).rows.find((row) => row.lot === lot);
  await signIn(page, `/plaques?house=${household}`);
  const issue = await act(page, "发放光荣牌");
  await issue.getByLabel("领取人").fill("家属乙");
  await choose(page, "从哪一批取", "剩 41 块");
  await write(page);
  await expect(page.getByTestId("house-state")).toHaveText("已领未挂");
  expect(await lotOf()).toMatchObject({ taken: 1, left: 40 });
  await hang(page, "悬挂光荣牌");
  await write(page);
  await expect(page.getByTestId("house-state")).toHaveText("已悬挂");
  expect(await lotOf(), "it was handed out once").toMatchObject({ taken: 1 });
  const replace = await hang(page, "更换光荣牌");
  await replace.getByText("未交回，县局批准例外", { exact: true }).click();
  await replace.getByRole("button", { name: /^写\s*入$/ }).click();
  await expect(replace).toContainText("请写明例外理由");
  await replace.getByLabel("县局批准例外的理由").fill("房屋失火，残片已拍照");
  await write(page);
  await expect(page.getByTestId("house-event")).toHaveCount(3);
  const after = await server.plaque(household);
  expect(after.events.at(-1)).toMatchObject({ held: false, fields: { exception: "房屋失火，残片已拍照" } });
  expect(after.row).toMatchObject({ state: "HUNG", returned: 0 });
});

test("what does not fit is kept, told in the server's words and in no state", async ({ page, server }) => {
  const { household } = await waiting(server, "待核");
  await signIn(page, `/plaques?house=${household}`);
  await hang(page, "悬挂光荣牌");
  await write(page);
  await expect(page.getByTestId("house-state")).toHaveText("已悬挂");
  const dialog = await act(page, "取下暂存");
  await dialog.getByLabel("日期").fill("2026-01-02");
  await dialog.getByLabel("日期").press("Enter");
  await write(page);
  await expect(page.getByText("已记录，待核，暂不计入数字")).toBeVisible();
  await page.screenshot({ path: "test-results/plaque-held.png" });
  const after = await server.plaque(household);
  expect(after.row.state).toBe("HUNG");
  const held = after.events.find((event) => event.held);
  expect(held?.fields).toMatchObject({ event: "TAKE_DOWN" });
  await expect(page.getByTestId("house-event").filter({ hasText: held?.zh ?? "?" })).toBeVisible();
});

test("wrong record is taken back from the person's page", async ({ page, server }) => {
  const { household, person } = await waiting(server, "问错");
  await server.record({
    kind: "plaque_event",
    act: "record",
    fields: { household, event: "DECLINE", at: Date.now(), reason: "家属不愿" },
  });
  await signIn(page, `/people/${person}`);
  const entry = page.getByTestId("plaque-event").first();
  await expect(entry).toContainText("不愿悬挂");
  await entry.getByRole("button", { name: /作\s*废/ }).click();
  await page.getByRole("dialog").getByLabel("作废原因").fill("问错了人");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /作\s*废/ })
    .click();
  await expect(entry).toContainText("已作废");
  expect((await server.plaque(household)).row.state).toBe("PENDING");
  await page.getByTestId("plaque").getByRole("link", { name: "办理" }).click();
  await expect(page.getByTestId("house-state")).toHaveText("待悬挂");
});
