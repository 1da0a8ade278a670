// A visit at the desk: entered from paper, corrected with a reason, moved to whom it was paid to, taken back.
import { expect, signIn, test } from "./demo";

test("a visit is entered from paper, corrected, moved to another and taken back", async ({ page, server }) => {
  const stamp = Date.now() % 100_000;
  const one = await server.home(`走访甲${stamp}`);
  const other = await server.home(`走访乙${stamp}`);
  const words = `补录${Date.now() % 100_000}`;
  await signIn(page, `/people/${one.person}`);
  await page.getByRole("button", { name: "补录走访" }).click();
  const paper = page.getByRole("dialog", { name: `补录走访：${one.name}` });
  await paper.getByLabel("走访人").fill("李站长、王会计");
  await paper.getByLabel("生产生活情况").fill(words);
  await paper.getByRole("button", { name: /补\s*录/ }).click();
  await expect(paper).toContainText("请写明依据");
  await paper.getByLabel("依据").fill("走访登记表第3页");
  await page.screenshot({ path: "test-results/visit-form.png" });
  await paper.getByRole("button", { name: /补\s*录/ }).click();
  const visit = page.getByTestId("visit").filter({ hasText: words });
  await expect(visit).toContainText("见到本人");
  await expect(visit).toContainText("走访人 李站长、王会计");
  await expect(visit).toContainText("补录自走访登记表第3页");

  await visit.getByRole("button", { name: /更\s*正/ }).click();
  const correct = page.getByRole("dialog", { name: "更正走访" });
  await correct.getByLabel("走访结果").click();
  await page.locator(".ant-select-item-option", { hasText: "家中无人" }).first().click();
  await correct.getByLabel("更正原因").fill("村里说当天不在家");
  await correct.getByRole("button", { name: /更\s*正/ }).click();
  await expect(visit).toContainText("家中无人");
  await page.screenshot({ path: "test-results/visit-corrected.png" });
  // Opened again the question begins with what stands now, not with what stood the first time.
  await visit.getByRole("button", { name: /更\s*正/ }).click();
  await expect(correct).toContainText("家中无人");
  await correct.getByRole("button", { name: /取\s*消/ }).click();
  await expect(correct).toHaveCount(0);
  const before = (await server.person(one.person)).visits.find((seen) => seen.note === words);
  expect(before).toMatchObject({ result: "NOT_HOME", method: "HOME", work_types: ["ROUND"] });

  await visit.getByRole("button", { name: "记错了人" }).click();
  const move = page.getByRole("dialog", { name: "改到另一人" });
  await move.getByRole("button", { name: "改到此人" }).click();
  await expect(move).toContainText("请查找并选定实际走访的人");
  await move.getByLabel("实际走访的人").fill(other.name);
  await page.locator(".ant-select-item-option", { hasText: other.address }).first().click();
  await move.getByLabel("怎么发现的").fill("同名，本人来电");
  await page.screenshot({ path: "test-results/visit-move.png" });
  await move.getByRole("button", { name: "改到此人" }).click();
  await expect(visit).toHaveCount(0);
  const moved = (await server.person(other.person)).visits.find((seen) => seen.id === before?.id);
  expect(moved).toMatchObject({ result: "NOT_HOME", note: words, person: other.person });

  await page.goto(`${new URL(page.url()).origin}/people/${other.person}`);
  await visit.getByRole("button", { name: /作\s*废/ }).click();
  const question = page.getByRole("dialog", { name: /^作废/ });
  await question.getByLabel("作废原因").fill("补录重复");
  await question.getByRole("button", { name: /作\s*废/ }).click();
  await expect(visit).toHaveClass(/voided/);
});
