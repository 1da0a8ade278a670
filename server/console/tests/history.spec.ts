// A person's fields: who set what when, and a value that waits, taken from the person's page.
import { METHOD, word } from "../src/words/codes";
import { FIELD } from "../src/words/queue";
import { time } from "../src/words/time";
import { expect, signIn, test } from "./demo";

test("history of fields opens from the keyboard and shows what the server says, masked", async ({ page, server }) => {
  const { person } = await server.evidenced();
  const { rows } = await server.history("person", person.id);
  expect(rows.length).toBeGreaterThan(0);
  await signIn(page, `/people/${person.id}`);
  await page.getByRole("button", { name: "字段历史" }).press("Enter");
  const table = page.getByTestId("field-history");
  const lines = table.locator("tbody tr[data-row-key]");
  await expect(lines).toHaveCount(Math.min(rows.length, 50));
  await expect(lines.first()).toContainText(time(rows[0]?.at_ms ?? 0));
  await expect(lines.first()).toContainText(word(FIELD, rows[0]?.field));
  expect(await page.content()).not.toMatch(/\d{17}[\dX]/);
  await page.screenshot({ path: "test-results/history.png" });
  await page.keyboard.press("Escape");
  await expect(table).toBeHidden();
});

test("history of a visit tells what was recorded, with the names of whom it speaks of", async ({ page, server }) => {
  const { person } = await server.evidenced();
  const visit = person.visits[0];
  const { rows, named } = await server.history("contact", visit?.id ?? "");
  expect(named.map((one) => one.id)).toContain(person.id);
  await signIn(page, `/people/${person.id}`);
  await page.getByTestId("visit").first().getByRole("button", { name: "改动历史" }).click();
  const lines = page.getByTestId("field-history").locator("tbody tr[data-row-key]");
  await expect(lines).toHaveCount(rows.length);
  await expect(lines.filter({ hasText: "走访对象" })).toContainText(`人员 ${person.name}`);
  await expect(lines.filter({ hasText: "方式" }).first()).toContainText(word(METHOD, visit?.method));
  await page.screenshot({ path: "test-results/history-visit.png" });
});
