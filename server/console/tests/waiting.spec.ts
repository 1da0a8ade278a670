// 待核的值: what a village proposed stands beside the field until a reviewer takes it or turns it down.
import { expect, signIn, test } from "./demo";

test("proposed value stands beside the field and is taken from the person's page", async ({ page, server }) => {
  const person = await server.active(`提议人${Date.now() % 100_000}`, { categories: ["DISCHARGED_SOLDIER"] });
  const { revision } = await server.person(person);
  const proposed = { kind: "person", target: person, act: "change", set: { categories: { $add: ["51"] } } };
  await (await server.as("wang")).record(proposed, revision);
  expect(await server.held(person)).toMatchObject([{ why: "PROPOSED", field: "categories" }]);
  await signIn(page, `/people/${person}`);
  const card = page.getByTestId("waiting");
  await expect(card.getByTestId("matter")).toHaveCount(1);
  await expect(card).toContainText("提议");
  await expect(card).toContainText("人员类别");
  await expect(card).toContainText("加上 参战退役人员");
  await expect(card, "who proposed it, not who recorded the person").toContainText("王站长");
  await page.screenshot({ path: "test-results/waiting.png", fullPage: true });
  await card.getByRole("button", { name: /^采\s*用$/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("怎么核实的").fill("查过参战证明");
  await dialog.getByRole("button", { name: /^确\s*定$/ }).click();
  await expect(card).toHaveCount(0);
  expect((await server.person(person)).categories).toContain("51");
});
