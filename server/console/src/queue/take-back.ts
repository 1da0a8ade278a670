// Taking back a record that should not have been written; it stays to be read, with the reason.
import type { Question } from "./settle-dialog";

interface Wrong {
  kind: string;
  id: string;
  revision: number;
  /** What it said, for who takes it back. */
  what: string;
}

export const takeBack = ({ kind, id, revision, what }: Wrong): Question => ({
  title: `作废：${what}`,
  note: "作废后这条记录不再计入，状态和数字按其余记录重新推算；记录本身和作废原因都保留。",
  ok: "作废",
  danger: true,
  label: "作废原因",
  write: (reason) => ({ kind, target: id, base: revision, act: { act: "void", reason } }),
});
