// What one person asked for, open ones first, and entering another; beside their visits, for it is what the next one is about.
import { Button, Card, Empty } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useNeeds } from "../api/needs";
import type { Person } from "../api/types";
import { useMay } from "../session/use-session";
import { LoadMore } from "../shell/load-more";
import { SmallFailure } from "../shell/small-failure";
import { word } from "../words/codes";
import { NEED_TYPE } from "../words/needs";
import { DueDay, NeedState, Urgency } from "./need-marks";
import { NewNeed } from "./new-need";

export function NeedsCard({ person }: { person: Person }) {
  const records = useMay("RECORD");
  const [begun, begin] = useState<number>();
  const answer = useNeeds({ about: person.id });
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Card
      title="诉求"
      data-testid="needs-card"
      extra={
        records && (
          <Button size="small" onClick={() => begin(Date.now())}>
            新增诉求
          </Button>
        )
      }
    >
      {answer.isError && <SmallFailure what="诉求" error={answer.error} retry={() => void answer.refetch()} />}
      {answer.data && rows.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有登记过诉求" />}
      {rows.map((row) => (
        <article key={row.id} className="entry" data-testid="need">
          <header>
            <Link to={`/needs/${row.id}`}>{row.asked}</Link>
            <span className="tags">
              <NeedState row={row} />
              <Urgency code={row.urgency} />
            </span>
          </header>
          <footer>
            {word(NEED_TYPE, row.need_type)} · 登记 {row.found_on ?? "—"}
            {row.owner && ` · 承办 ${row.owner.name}`}
            {row.due_on && (
              <>
                {" · 期限 "}
                <DueDay row={row} />
              </>
            )}
          </footer>
        </article>
      ))}
      {answer.hasNextPage && <LoadMore answer={answer} shown={rows.length} unit="件" />}
      <NewNeed person={person} at={begun} close={() => begin(undefined)} />
    </Card>
  );
}
