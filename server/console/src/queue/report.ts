// 报告去世, 地址不符: what a visit told of a person and the township answers. The value that it proposes and the visit that told
// it are one matter: the answer goes to both.
import type { HeldItem, Visit } from "../api/types";
import type { Verdict, Write } from "../api/write";
import { shown } from "../record/value";
import type { Question } from "./settle-dialog";

interface Report {
  /** What a visit says of the person that proposes the value. */
  result: string;
  title: string;
  yes: string;
  no: string;
  confirmed: string;
}

export const REPORTS: Readonly<Record<string, Report>> = {
  life: {
    result: "DIED",
    title: "报告去世",
    yes: "属实，登记去世",
    no: "不属实，驳回",
    confirmed: "从登记的日期起不再计入应访人数；以后发现有误，可以在本人页面更正为在世。",
  },
  presence: {
    result: "WRONG_ADDRESS",
    title: "报告地址不符",
    yes: "属实，登记迁出",
    no: "不属实，驳回",
    confirmed: "居住情况登记为迁出；在册状态不变。",
  },
};

/** The report that a waiting value answers to. */
export const reportOf = (item: HeldItem | undefined): Report | undefined =>
  item?.why === "PROPOSED" && item.record.kind === "person" ? REPORTS[item.field ?? ""] : undefined;

/** Visits that told it and nobody has looked at. */
export const tellers = (visits: readonly Visit[], report: Report): Visit[] =>
  visits.filter((visit) => visit.result === report.result && visit.review === "SUBMITTED" && !visit.void);

const settled = (item: HeldItem, accept: boolean, reason: string): Write => ({
  kind: item.record.kind,
  target: item.record.id,
  base: item.revision,
  act: { act: "settle", part: item.part, accept, reason },
});

/** Of several reports the newest is taken, which ends the others; the day of the death goes along with it. */
export function confirm(report: Report, items: readonly HeldItem[], visits: readonly Visit[]): Question {
  const [item] = items;
  // A visit that asks something else too is looked at by itself.
  const plain = visits.filter((visit) => !visit.doubtful && !visit.held);
  return {
    title: `${report.yes}：${item?.record.name ?? ""}`,
    note: `${report.confirmed}${plain.length > 0 ? "报告它的走访同时审核通过。" : ""}`,
    ok: report.yes,
    write: (reason) => [
      ...(item ? [settled(item, true, reason)] : []),
      ...plain.map((visit): Verdict => ({ review: visit.id, say: { say: "accept", revision: visit.revision } })),
    ],
  };
}

/** The words of who turns it down are the comment of the return: the author of the visit is to say what really was. */
export function turnDown(report: Report, items: readonly HeldItem[], visits: readonly Visit[]): Question {
  const [item] = items;
  const others = Math.max(0, ...visits.map((visit) => visit.people - 1));
  const stays = `现在的登记不变（${shown(item?.now, item?.field ?? "")}）。`;
  return {
    title: `${report.no}：${item?.record.name ?? ""}`,
    note: others > 0 ? `${stays}退回的走访里还有另外 ${others} 人，更正前也不计入数字。` : stays,
    ok: report.no,
    danger: true,
    label: visits.length > 0 ? "怎么核实的（写入退回意见）" : "怎么核实的",
    ...(visits.length > 0 && {
      choice: {
        label: "报告它的走访怎么办",
        options: [
          { value: "RETURN", label: "退回，由记录人更正" },
          { value: "STAY", label: "先不退回，留在复核里" },
        ],
      },
    }),
    write: (reason, chosen) => [
      ...items.map((one) => settled(one, false, reason)),
      ...(chosen === "RETURN" ? visits : []).map(
        (visit): Verdict => ({ review: visit.id, say: { say: "return", revision: visit.revision, comment: reason } }),
      ),
    ],
  };
}
