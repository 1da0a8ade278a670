// 入户新登记的人: listed for the reviewer with a count, taken into the register or turned down, and that undone.
import { expect, signIn, test } from "./demo";

test("person found at a door is turned down with a reason, then accepted", async ({ page, server }) => {
  const id = await server.draft(`新登记${Date.now() % 100_000}`);
  const person = await server.person(id);
  const before = (await server.get("/api/v1/people", { register: "DRAFT" })).counts;
  const drafts = before.find((one) => one.register === "DRAFT")?.count ?? 0;
  await signIn(page, "/queue");
  await expect(page.getByTestId("drafts")).toContainText(`${drafts} 名`);
  await page.getByTestId("drafts").click();
  await expect(page.getByText(`待建档 ${drafts}`)).toBeVisible();
  const found = page.getByTestId("found").locator(`tbody tr[data-row-key="${id}"]`);
  await expect(found).toContainText("待建档");
  await page.screenshot({ path: "test-results/drafts.png", fullPage: true });
  await found.getByRole("link", { name: person.name }).click();

  await page.getByRole("button", { name: "不予入册" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "不予入册" }).click();
  await expect(dialog).toContainText("请写明不予入册的原因");
  await page.screenshot({ path: "test-results/draft-rejected.png" });
  await dialog.getByLabel("不予入册的原因").fill("不是本村的人");
  await dialog.getByRole("button", { name: "不予入册" }).click();
  await expect(page.getByText("已退回", { exact: true })).toBeVisible();
  expect((await server.person(id)).fields.removed_note).toBe("不是本村的人");

  await page.getByRole("button", { name: "接受入册" }).click();
  await dialog.getByRole("button", { name: "接受入册" }).click();
  await expect(page.getByText("在册", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "接受入册" })).toHaveCount(0);
  const after = await server.person(id);
  expect([after.register, after.fields.removed_note ?? null]).toEqual(["ACTIVE", null]);
});

test("person is taken out of the register with the reason, and comes back", async ({ page, server }) => {
  const id = await server.draft(`要移出${Date.now() % 100_000}`);
  await signIn(page, `/people/${id}`);
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "接受入册" }).click();
  await dialog.getByRole("button", { name: "接受入册" }).click();
  await page.getByRole("button", { name: "移出名册" }).click();
  await dialog.getByRole("button", { name: "移出名册" }).click();
  await expect(dialog).toContainText("请选择移出原因");
  await dialog.getByLabel("移出原因").click();
  await page.locator(".ant-select-dropdown").getByTitle("迁出", { exact: true }).click();
  await dialog.getByLabel("情况说明").fill("关系已转到邻县");
  await page.screenshot({ path: "test-results/removed.png" });
  await dialog.getByRole("button", { name: "移出名册" }).click();
  await expect(page.getByText("已移出", { exact: true })).toBeVisible();
  const gone = await server.person(id);
  expect([gone.register, gone.fields.removed_for, gone.fields.removed_note]).toEqual([
    "REMOVED",
    "TRANSFERRED",
    "关系已转到邻县",
  ]);
  await page.getByRole("button", { name: "恢复在册" }).click();
  await dialog.getByRole("button", { name: "恢复在册" }).click();
  await expect(page.getByText("在册", { exact: true })).toBeVisible();
  const back = await server.person(id);
  expect([back.register, back.fields.removed_for ?? null]).toEqual(["ACTIVE", null]);
});

test("empty list of drafts says where they come from", async ({ page, server }) => {
  const { parts } = await server.get("/api/v1/coverage");
  const asked = parts.map(async ({ division }) => {
    const { rows } = await server.get("/api/v1/people", { register: "DRAFT", division: division.id });
    return { division, rows };
  });
  const empty = (await Promise.all(asked)).find(({ rows }) => rows.length === 0);
  await signIn(page, `/people?register=DRAFT&division=${empty?.division.id}`);
  await expect(page.getByText("没有待建档的人员")).toBeVisible();
  await page.screenshot({ path: "test-results/drafts-none.png" });
});
