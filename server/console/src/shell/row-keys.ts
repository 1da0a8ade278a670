// Up and down go from row to row of a table, on the link each row begins with; Enter then opens it as any link.
import type { KeyboardEvent } from "react";

const STEP: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

export function onRowKeys(event: KeyboardEvent<HTMLElement>) {
  const step = STEP[event.key];
  // Boxes have their own use of these keys.
  if (!step || event.target instanceof HTMLInputElement) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("tbody tr[data-row-key] td:first-child a")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at + step];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
