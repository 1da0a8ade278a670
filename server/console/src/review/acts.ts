// What a reviewer's answer to a visit asks and sends: given back with what is to be mended, or its doubtful time mended.
import type { LookItem } from "../api/types";
import type { Question } from "../queue/settle-dialog";
import { time } from "../words/time";

/** The words go back with it (`comment`): the server refuses a return without them. */
export const giveBack = (row: LookItem): Question => ({
  title: "退回",
  note: `退回后不计入数字，记录人更正后会再次出现在这里。${
    row.entries.length > 1 ? `这次走访有 ${row.entries.length} 人，一并退回。` : ""
  }`,
  label: "需要更正什么",
  ok: "确定退回",
  danger: true,
  write: (comment) => ({ review: row.contact.id, say: { say: "return", revision: row.revision, comment } }),
});

export const mend = (row: LookItem, at_ms: number): Question => ({
  title: "改正时间",
  note: `按建议改为 ${time(at_ms)}。`,
  ok: "改正",
  write: (reason) => ({ review: row.contact.id, say: { say: "time", revision: row.revision, at_ms, reason } }),
});
