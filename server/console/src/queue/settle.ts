// What accepting or refusing a waiting part asks and writes; the queue and the person page ask the same.
import type { HeldItem } from "../api/types";
import { shown } from "../record/value";
import { word } from "../words/codes";
import { FIELD } from "../words/queue";
import type { Question } from "./settle-dialog";

export const settle = (row: HeldItem, accept: boolean): Question => ({
  title: row.field ? (accept ? "采用这个值" : "不采用") : accept ? "准予计入" : "不予计入",
  note: row.field
    ? `${word(FIELD, row.field)}：现为“${shown(row.now, row.field)}”，另有“${shown(row.other, row.field)}”`
    : (row.zh ?? "由您核对后决定。"),
  ok: accept ? "确定" : row.field ? "确定不采用" : "确定不准",
  danger: !accept,
  write: (reason) => ({
    kind: row.record.kind,
    target: row.record.id,
    base: row.revision,
    act: { act: "settle", part: row.part, accept, reason },
  }),
});
