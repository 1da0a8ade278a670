// What a household and its people ask for, what waits for an answer first: whoever visits answers the whole family at once.
import { Card, Empty, Skeleton } from "antd";
import { useNeedsOf } from "../api/needs";
import type { Household } from "../api/types";
import { SmallFailure } from "../shell/small-failure";
import { NeedEntry } from "./need-entry";

export function HomeNeeds({ home }: { home: Household }) {
  const { rows, error, pending, again } = useNeedsOf([home.id, ...home.members.map(({ id }) => id)]);
  return (
    <Card title="本户诉求" data-testid="home-needs">
      {error !== null && <SmallFailure what="诉求" error={error} retry={again} />}
      {pending && <Skeleton active paragraph={{ rows: 2 }} />}
      {!pending && error === null && rows.length === 0 && (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description="没有登记过诉求；入户时在手机上记下，或在成员的页面点“新增诉求”，会出现在这里"
        />
      )}
      <div className="entries">
        {rows.map((row) => (
          <NeedEntry key={row.id} row={row} named />
        ))}
      </div>
    </Card>
  );
}
