// What one person asked for, open ones first, and entering another; beside their visits, for it is what the next one is about.
import { Button, Card, Empty } from "antd";
import { useState } from "react";
import { useNeeds } from "../api/needs";
import type { Person } from "../api/types";
import { useMay } from "../session/use-session";
import { LoadMore } from "../shell/load-more";
import { SmallFailure } from "../shell/small-failure";
import { NeedEntry } from "./need-entry";
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
      <div className="entries">
        {rows.map((row) => (
          <NeedEntry key={row.id} row={row} />
        ))}
      </div>
      {answer.hasNextPage && <LoadMore answer={answer} shown={rows.length} unit="件" />}
      <NewNeed person={person} at={begun} close={() => begin(undefined)} />
    </Card>
  );
}
