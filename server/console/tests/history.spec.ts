// A person's fields: who set what when, and a value that waits, taken from the person's page.
import { word } from "../src/words/codes";
import { FIELD } from "../src/words/queue";
import { time } from "../src/words/time";
import { expect, signIn, test } from "./demo";

test("history of fields opens from the keyboard and shows what the server says, masked", async ({ page, server }) => {
  const person = await server.evidenced();
  const { rows } = await server.history(person.id);
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
