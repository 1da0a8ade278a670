// 同一人: what merging two records and taking that back ask and write. Both records stay; one counts.
import type { Person, SameRecord } from "../api/types";
import type { Question } from "../queue/settle-dialog";

export const merge = (gone: Person, kept: Person): Question => ({
  title: "合并为同一人",
  note: `保留${kept.name}（${kept.id_masked ?? "无证件号码"}）这一条；另一条不再单独计数，走访并到保留的这一条。两条记录都在，随时可以撤销。`,
  ok: "合并",
  write: (reason) => ({
    kind: "same_as",
    act: { act: "record", fields: { person: gone.id, kept: kept.id, at: Date.now(), note: reason } },
  }),
});

/** The merger that ties two records directly; of one further along a chain the other record's page takes it back. */
export const undoable = (other: SameRecord | undefined): other is SameRecord & { fact: string } =>
  other?.fact != null && other.revision != null;

export const undo = (other: SameRecord & { fact: string }): Question => ({
  title: "撤销合并",
  note: `与${other.name}（${other.id_masked ?? "无证件号码"}）的合并撤销后，两条记录各自计数。`,
  ok: "撤销合并",
  danger: true,
  label: "为什么撤销",
  write: (reason) => ({
    kind: "same_as",
    target: other.fact,
    base: other.revision ?? 0,
    act: { act: "void", reason },
  }),
});
