// How pressing a need is and where it stands, in words: a colour alone tells nothing on paper, nor to whom red and green are one.
import { Tag } from "antd";
import type { NeedRow } from "../api/needs";
import { word } from "../words/codes";
import { NEED_STATE, URGENCY } from "../words/needs";

const COLOR: Readonly<Record<string, string>> = { RED: "red", YELLOW: "gold", BLUE: "blue" };

export function Urgency({ code }: { code: string }) {
  return <Tag color={COLOR[code] ?? "default"}>{word(URGENCY, code)}</Tag>;
}

export function NeedState({ row }: { row: NeedRow }) {
  return <Tag color={row.open ? "geekblue" : "default"}>{word(NEED_STATE, row.state)}</Tag>;
}

export function DueDay({ row }: { row: NeedRow }) {
  return (
    <>
      <span className="mono">{row.due_on ?? "—"}</span> {row.overdue && <Tag color="volcano">已超期</Tag>}
    </>
  );
}
