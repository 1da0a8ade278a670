// A figure is only as good as what has arrived: the villages whose phones have been silent stand beside it.
import { Alert, Collapse } from "antd";
import { Link } from "react-router";
import type { Ask } from "../api/queries";
import type { Behind } from "../api/types";
import { ago } from "../words/time";
import { coverageAt } from "./ask";

export const BEHIND_DAYS = 3;

export function BehindNotice({ behind, ask }: { behind: Behind | undefined; ask: Ask }) {
  if (!behind || behind.rows.length === 0) return null;
  // The server's own clock, as it answered.
  const now = behind.since_ms + BEHIND_DAYS * 86_400_000;
  const never = behind.rows.filter((row) => row.last_ms == null).length;
  const list = (
    <ul className="behind-list">
      {behind.rows.map(({ division, last_ms }) => (
        <li key={division.id}>
          <Link to={coverageAt({ ...ask, division: division.id })}>{division.name}</Link>
          <span>{last_ms == null ? "从未同步" : ago(last_ms, now)}</span>
        </li>
      ))}
    </ul>
  );
  const part = never === behind.rows.length ? "，都从未同步过" : never > 0 ? `，其中 ${never} 个从未同步过` : "";
  const text = `${behind.rows.length} 个村（社区）的手机超过 ${BEHIND_DAYS} 天没有同步${part}；那里的走访可能还没有计入`;
  return (
    <Alert
      className="behind"
      type="warning"
      showIcon
      data-testid="behind"
      title={
        <Collapse ghost size="small" expandIconPlacement="end" items={[{ key: "all", label: text, children: list }]} />
      }
    />
  );
}
