// What accepting or refusing a waiting part asks and writes; the queue and the person page ask the same.
import type { HeldItem } from "../api/types";
import { word } from "../words/codes";
import { FIELD } from "../words/queue";
import { table } from "../words/table";
import type { Question } from "./settle-dialog";

const VALUE = table(["SEX", "LIFE", "REGISTER", "CATEGORY", "PREF", "TAG"]);

/** A field's value for a reader: codes as words, lists joined. */
export function shown(value: unknown): string {
  if (value === null || value === undefined || value === "") return "（空）";
  if (Array.isArray(value)) return value.map(shown).join("、");
  if (typeof value === "object") {
    const { $add: added, $remove: gone } = value as { $add?: unknown; $remove?: unknown };
    const change = [added !== undefined && `加上 ${shown(added)}`, gone !== undefined && `去掉 ${shown(gone)}`];
    return change.filter(Boolean).join("，") || JSON.stringify(value);
  }
  return word(VALUE, String(value));
}

export const settle = (row: HeldItem, accept: boolean): Question => ({
  title: row.why === "HELD" ? (accept ? "准予计入" : "不予计入") : accept ? "采用这个值" : "不采用",
  note: row.field
    ? `${word(FIELD, row.field)}：现为“${shown(row.now)}”，另有“${shown(row.other)}”`
    : (row.zh ?? "由您核对后决定。"),
  ok: accept ? "确定" : "确定不采用",
  danger: !accept,
  write: (reason) => ({
    kind: row.record.kind,
    target: row.record.id,
    base: row.revision,
    act: { act: "settle", part: row.part, accept, reason },
  }),
});
