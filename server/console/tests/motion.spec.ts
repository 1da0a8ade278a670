// 减少动画: whoever asked the system for less motion gets dialogs at once; the wish is followed without loading again.
import { expect, signIn, test } from "./demo";

test("system's wish for less motion is followed at once", async ({ page }) => {
  await signIn(page, "/coverage");
  const button = page.getByRole("button", { name: /导\s*出/ });
  await expect(button).toHaveCSS("transition-duration", "0s");
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await expect(button).not.toHaveCSS("transition-duration", "0s");
  await page.emulateMedia({ reducedMotion: "reduce" });
  await button.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toHaveCSS("animation-name", "none");
  await expect(dialog).toHaveCSS("transition-duration", "0s");
});
