// Why rows wait for a decision, and which of them can be decided together: those that wait for one reason alone.
import type { ImportRow } from "../api/imports";
import { DOUBTS } from "../words/imports";

export interface Doubt {
  code: string;
  /** The server's words. */
  label: string;
  /** Rows that wait for it, as far as they are shown. */
  rows: number;
  /** Of these, some were shown with exactly one record that it may be. */
  same: boolean;
}

/** The reasons of a row, each once. */
export function doubtsOf(row: ImportRow): string[] {
  if (row.outcome !== "doubtful") return [];
  return [...new Set(row.cells.map((cell) => cell.code).filter((code) => DOUBTS.has(code)))];
}

/** The reasons of all rows, most rows first. */
export function doubts(rows: readonly ImportRow[]): Doubt[] {
  const found = new Map<string, Doubt>();
  for (const row of rows) {
    for (const code of doubtsOf(row)) {
      const label = row.cells.find((cell) => cell.code === code)?.message.split(" / ")[0] ?? code;
      const doubt = found.get(code) ?? { code, label, rows: 0, same: false };
      doubt.rows += 1;
      doubt.same ||= row.candidates.length === 1;
      found.set(code, doubt);
    }
  }
  return [...found.values()].sort((one, other) => other.rows - one.rows);
}
