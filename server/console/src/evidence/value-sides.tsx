// Two values of one field, side by side: what is written now and what was given beside it, each with who said it when.
import { Skeleton } from "antd";
import { useFieldHistory } from "../api/queries";
import type { HeldItem } from "../api/types";
import { namesOf, shown } from "../record/value";
import { SmallFailure } from "../shell/small-failure";
import { word } from "../words/codes";
import { FIELD } from "../words/queue";
import { time } from "../words/time";
import { type Said, saidNow, whoSaid } from "./said";
import "./evidence.css";

export function ValueSides({ item, field }: { item: HeldItem; field: string }) {
  const answer = useFieldHistory(item.record.kind, item.record.id, true);
  if (answer.isError) return <SmallFailure what="改动历史" error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  const { rows, named } = answer.data;
  const names = namesOf(named);
  const now = whoSaid(rows, field, item.now) ?? saidNow(rows).get(field);
  const other = whoSaid(rows, field, item.other);
  // What a rule concluded from a visit has no author of its own.
  const by = item.by ?? other?.by;
  return (
    <div className="sides" data-testid="sides">
      <section className="side" data-testid="now">
        <header className="quiet">{word(FIELD, field)}，现在的值</header>
        <b>{shown(item.now, field, names)}</b>
        <p className="quiet">{told(now)}</p>
      </section>
      <section className="side asked" data-testid="other">
        <header className="quiet">{word(FIELD, field)}，另一个值</header>
        <b>{shown(item.other, field, names)}</b>
        <p className="quiet">
          {by ? `${by} 提出` : "由走访报告"}
          {other && `，${time(other.at_ms)}`}
          {item.since && `，自 ${item.since} 起`}
        </p>
      </section>
    </div>
  );
}

const told = (row: Said | undefined) => (row ? `${row.by ?? "—"} 写入，${time(row.at_ms)}` : "没有写入的记录");
