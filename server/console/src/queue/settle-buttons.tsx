// Accept or refuse one waiting part; what only the county may let through says so instead.
import { Button, Space } from "antd";
import type { HeldItem } from "../api/types";
import { useMay } from "../session/use-session";
import { settle } from "./settle";
import type { Question } from "./settle-dialog";

export function SettleButtons({ row, ask }: { row: HeldItem; ask: (question: Question) => void }) {
  const county = useMay("COUNTY");
  if (row.county_only && !county) return <span className="quiet">由县局决定</span>;
  return (
    <Space>
      <Button onClick={() => ask(settle(row, true))}>{row.field ? "采用" : "准予"}</Button>
      <Button danger onClick={() => ask(settle(row, false))}>
        {row.field ? "不采用" : "不准"}
      </Button>
    </Space>
  );
}
