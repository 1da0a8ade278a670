// One reason why somebody is due, leading to the record that asks where it has a page.
import { Tag } from "antd";
import { Link } from "react-router";
import type { DueReason, DueRow } from "../api/due";
import { reason } from "../words/due";

/** A colour for what cannot wait, what was promised, and what comes round. */
const COLOR: Readonly<Record<string, string>> = {
  RETURNED: "red",
  MUST: "volcano",
  NEED: "gold",
  ASSIGNED: "geekblue",
  FOLLOW_UP: "blue",
  KEY_DATE: "blue",
};

/** A letter, a need, or the person on whose page the returned visit stands. */
function page({ person }: DueRow, { why, record }: DueReason): string | null {
  if (!record) return null;
  if (why === "NEED") return `/needs/${record}`;
  if (why === "MUST") return `/letters?letter=${record}`;
  return why === "RETURNED" ? `/people/${person}` : null;
}

export function Reason({ row, due }: { row: DueRow; due: DueReason }) {
  const to = page(row, due);
  return (
    <div className="due-line" data-testid="due-reason" data-why={due.why}>
      <Tag color={COLOR[due.why] ?? "default"}>{to ? <Link to={to}>{reason(due)}</Link> : reason(due)}</Tag>
      {due.visit && <span className="quiet">须入户</span>}
    </div>
  );
}

/** The last day; what is past says so in words. */
export function LastDay({ due, day }: { due: DueReason; day: string }) {
  return (
    <div className="due-line">
      <span className="mono">{due.by ?? "—"}</span>
      {due.by && due.by < day && <Tag color="volcano">已超期</Tag>}
    </div>
  );
}
