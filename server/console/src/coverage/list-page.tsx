// The list behind a figure, on a page of its own: the same question, and its rows.
import { Card, Skeleton, Space } from "antd";
import { useNavigate } from "react-router";
import { useCoverage } from "../api/queries";
import { ExportButton } from "../export/export-button";
import { Failure } from "../shell/failure";
import { useTitle } from "../shell/use-title";
import { listAt, useAsk } from "./ask";
import { DivisionPath } from "./division-path";
import { FilterTold } from "./filter-picker";
import { LISTS } from "./lists";
import { PeopleBehind, useWhich } from "./people-behind";

export function ListPage() {
  const ask = useAsk();
  const navigate = useNavigate();
  const which = useWhich("not_yet");
  const answer = useCoverage(ask);
  const coverage = answer.data;
  const name = LISTS[which];
  useTitle(`${coverage?.division.name ?? ""} ${name}名单`);
  if (answer.isError) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  if (!coverage) return <Skeleton active paragraph={{ rows: 10 }} />;
  return (
    <>
      <div className="head">
        <div>
          <DivisionPath path={coverage.path} ask={ask} last={`${name}名单`} />
          <h1>
            {coverage.division.name} · {name}名单
          </h1>
        </div>
        <Space>
          <span className="quiet">
            {coverage.from} 至 {coverage.to}
          </span>
          <ExportButton
            shown={{
              division: coverage.division.id,
              place: coverage.division.name,
              from: coverage.from,
              to: coverage.to,
            }}
          />
        </Space>
      </div>
      <FilterTold ask={ask} change={(ask) => navigate(listAt(ask, which))} />
      <Card styles={{ body: { padding: 0 } }}>
        <PeopleBehind ask={ask} total={coverage.total} fallback="not_yet" />
      </Card>
    </>
  );
}
