// 同一人: two records compared, merged with which one stays, and that taken back, from both pages.
import { demo, expect, idNumber, queueRead, signIn, test } from "./demo";

test("somebody found twice is compared, merged and parted again", async ({ page, server }) => {
  const name = `同名${Date.now() % 100_000}`;
  const kept = await server.draft(name, { register: "ACTIVE", birth: "1958-05-01" });
  const again = await server.draft(name, { birth: "1958-06-02" });
  await signIn(page, `/people/${again}`);
  const card = page.getByTestId("same-card");
  await expect(card).toContainText("可能是同一人");
  await expect(card).toContainText("同村同名");
  await page.screenshot({ path: "test-results/same-card.png" });
  await card.getByRole("link", { name: "对比" }).click();
  await expect(page).toHaveURL(`${demo.url}/people/${again}/same/${kept}`);

  const table = page.getByTestId("same");
  const row = (label: string) => table.locator("tbody tr.ant-table-row").filter({ hasText: label });
  await expect(row("出生日期")).toContainText("1958-05");
  await expect(row("出生日期")).toContainText("1958-06");
  await expect(row("出生日期")).toContainText("不同");
  await expect(row("姓名")).not.toContainText("不同");
  await expect(table.getByRole("radio").nth(1), "who is in the register already is offered to stay").toBeChecked();
  await page.screenshot({ path: "test-results/same.png", fullPage: true });
  await page.getByRole("button", { name: "是同一人，合并" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("怎么核实的").fill("同一人，两次登记");
  await dialog.getByRole("button", { name: /^合\s*并$/ }).click();
  await expect(page.getByText("这两条记录已合并为同一人")).toBeVisible();
  await page.screenshot({ path: "test-results/same-merged.png", fullPage: true });
  expect((await server.person(again)).same).toMatchObject([{ id: kept, counts: true }]);
  const { rows } = await server.get("/api/v1/people", { register: "DRAFT", search: name });
  expect(rows, "who was merged waits for nobody").toEqual([]);

  await page.goto(`${demo.url}/people/${again}`);
  await card.getByRole("button", { name: "撤销合并" }).click();
  await dialog.getByLabel("为什么撤销").fill("是堂兄弟");
  await dialog.getByRole("button", { name: "撤销合并" }).click();
  await expect(card).toContainText("可能是同一人");
  expect((await server.person(again)).same).toEqual([]);
});

test("case of one number on two people leads to the comparison", async ({ page, server }) => {
  const stamp = Date.now() % 100_000;
  const id_number = idNumber();
  await server.draft(`持证甲${stamp}`, { register: "ACTIVE", id_number });
  // Who is entered with another's number is no more than a draft: here it is given later.
  const again = await server.active(`持证乙${stamp}`);
  const { revision } = await server.person(again);
  await server.record({ kind: "person", target: again, act: "change", set: { id_number } }, revision);
  const cases = await server.every("/api/v1/cases");
  const raised = cases.find((row) => row.case === "MERGE" && row.subjects.some((subject) => subject.id === again));
  expect(raised, "a number that another has asks a reviewer").toBeDefined();
  await signIn(page, "/queue");
  await queueRead(page);
  const matter = page.locator(`[data-testid="matter"][data-row-key="${raised?.id}"]`);
  await expect(matter, "the case and the number that waits are one thing").toHaveCount(1);
  await matter.scrollIntoViewIfNeeded();
  await expect(matter.getByTestId("people-sides")).toContainText(`持证乙${stamp}`);
  await page.screenshot({ path: "test-results/case-merge.png" });
  await matter.getByRole("link", { name: /对\s*比/ }).click();
  await expect(page.getByRole("heading", { name: "是不是同一个人？" })).toBeVisible();
  await expect(page.getByTestId("same")).toContainText(`持证乙${stamp}`);
  await page.screenshot({ path: "test-results/same-case.png", fullPage: true });
  await page.goto(`${demo.url}/people/${again}`);
  await expect(page.getByTestId("same-card")).toContainText("有待核对事项");
});
