// 走访覆盖: who has been reached, from the county down to a village, and there down to the people.
import { Card, Skeleton, Space } from "antd";
import { useNavigate } from "react-router";
import { type Ask, useBehind, useCoverage } from "../api/queries";
import { ExportButton } from "../export/export-button";
import { Failure } from "../shell/failure";
import { useTitle } from "../shell/use-title";
import { time } from "../words/time";
import { coverageAt, useAsk } from "./ask";
import { BEHIND_DAYS, BehindNotice } from "./behind-notice";
import { Cards } from "./cards";
import { DivisionPath } from "./division-path";
import { NobodyYet, NoRegister } from "./empty";
import { FilterPicker, FilterTold, filtered } from "./filter-picker";
import { PartsTable } from "./parts-table";
import { PeopleBehind } from "./people-behind";
import { WindowPicker } from "./window-picker";
import "./coverage.css";

export function CoveragePage() {
  const ask = useAsk();
  const navigate = useNavigate();
  const answer = useCoverage(ask);
  const behind = useBehind(ask.division, BEHIND_DAYS);
  const coverage = answer.data;
  useTitle(coverage ? `${coverage.division.name} 走访覆盖` : "走访覆盖");

  if (answer.isError) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  if (!coverage) return <Skeleton active paragraph={{ rows: 10 }} />;

  const change = (ask: Ask) => navigate(coverageAt(ask));
  const silent = new Set(behind.data?.rows.map((row) => row.division.id));
  const { total, parts } = coverage;
  const nobody = total.denominator > 0 && total.not_yet === total.denominator && total.held === 0 && !filtered(ask);
  const below = parts.some((part) => part.division.id !== coverage.division.id);
  return (
    <>
      <div className="head">
        <div>
          <DivisionPath path={coverage.path} ask={ask} />
          <h1>{coverage.division.name}</h1>
        </div>
        <Space wrap>
          <WindowPicker from={coverage.from} to={coverage.to} change={(from, to) => change({ ...ask, from, to })} />
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
      <FilterPicker ask={ask} change={change} />
      <FilterTold ask={ask} change={change} />
      <BehindNotice behind={behind.data} ask={ask} />
      {total.denominator === 0 && total.held === 0 && !below && !filtered(ask) ? (
        <NoRegister />
      ) : (
        <>
          <Cards coverage={coverage} ask={ask} />
          {nobody && <NobodyYet />}
          <Card className="below" styles={{ body: { padding: 0 } }}>
            {below ? (
              <PartsTable coverage={coverage} ask={ask} behind={silent} />
            ) : (
              <PeopleBehind ask={ask} total={total} fallback="not_yet" />
            )}
          </Card>
        </>
      )}
      <p className="cut-off">
        {coverage.from} 至 {coverage.to}；
        {coverage.as_of == null
          ? `截至变更流第 ${coverage.feed} 号，读取于 ${time(answer.dataUpdatedAt)}`
          : `截止点：变更流第 ${coverage.as_of} 号`}
        。应访按窗口最后一天的在册人员计算。
      </p>
    </>
  );
}
