// What a record says now and who said it when, read from its history: the lists name a record, and do not tell what it says.
import type { FieldChange } from "../api/types";

/** One change, whatever was written: the description of the routes cannot say what a field holds. */
export type Said = Omit<FieldChange, "to"> & { to?: unknown };

/** What was written, whatever its fields hold. */
export const fieldsOf = (one: { fields: unknown }) => one.fields as Readonly<Record<string, unknown>>;

/** Changes after which the field holds what was written. */
const HOLDS = new Set(["SET", "CONFLICT", "CHOSEN", "AMENDED"]);

/** For each field the newest word that took hold. The rows come newest first. */
export function saidNow(rows: readonly Said[]): Map<string, Said> {
  const said = new Map<string, Said>();
  for (const row of rows) if (row.field && HOLDS.has(row.what) && !said.has(row.field)) said.set(row.field, row);
  return said;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Who gave a field this value, and when; none where a rule concluded it from another record. */
export const whoSaid = (rows: readonly Said[], field: string, value: unknown): Said | undefined =>
  rows.find((row) => row.field === field && row.what !== "TURNED_DOWN" && same(row.to, value));

/** What reviewers and authors said of the record as a whole, newest first: returned, taken back, amended. */
export const remarks = (rows: readonly FieldChange[]): FieldChange[] => {
  const told = rows.filter((row) => row.reason && ["RETURNED", "AMENDED", "VOIDED"].includes(row.what));
  // An amendment of three fields is one remark.
  return told.filter((row, at) => told.findIndex((one) => one.feed === row.feed) === at);
};
