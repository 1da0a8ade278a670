// 诉求: what people ask for and who answers by when; at first what still waits for an answer, the day nearest first.
import { Card, Empty, Table, type TableColumnsType } from "antd";
import { Link } from "react-router";
import { type Asked, type NeedRow, useNeeds } from "../api/needs";
import { ExportButton } from "../export/export-button";
import { PersonLink } from "../person/person-link";
import { Failure } from "../shell/failure";
import { LoadMore } from "../shell/load-more";
import { useTitle } from "../shell/use-title";
import { word } from "../words/codes";
import { NEED_TYPE } from "../words/needs";
import { DueDay, NeedState, Urgency } from "./need-marks";
import { NeedsFilter, narrowed, useAsked } from "./needs-filter";
import "../people/people.css";

const COLUMNS: TableColumnsType<NeedRow> = [
  { title: "诉求内容", render: (_, row) => <Link to={`/needs/${row.id}`}>{row.asked}</Link> },
  {
    title: "姓名",
    width: 90,
    // Whom the account may not look at is told by name alone.
    render: (_, row) => (row.person ? <PersonLink id={row.person} name={row.called} /> : row.called),
  },
  { title: "区划", width: 120, render: (_, row) => row.division?.name ?? "—" },
  { title: "类型", width: 100, render: (_, row) => word(NEED_TYPE, row.need_type) },
  { title: "紧急程度", width: 110, render: (_, row) => <Urgency code={row.urgency} /> },
  { title: "进度", width: 100, render: (_, row) => <NeedState row={row} /> },
  { title: "承办单位", width: 120, render: (_, row) => row.owner?.name ?? "—" },
  { title: "办理期限", width: 180, render: (_, row) => <DueDay row={row} /> },
  { title: "登记", width: 110, render: (_, row) => <span className="mono">{row.found_on ?? "—"}</span> },
];

function nothing(ask: Asked): string {
  if (ask.search) return `没有找到“${ask.search}”`;
  if (narrowed(ask)) return "没有符合条件的诉求；可以放宽上面的条件，或看“全部”";
  return "没有待办的诉求；入户时在手机上记下，或在人员页面点“新增诉求”，会出现在这里";
}

export function NeedsPage() {
  const ask = useAsked();
  const answer = useNeeds(ask);
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  useTitle("诉求");
  return (
    <>
      <div className="head">
        <h1>诉求</h1>
        <ExportButton shown={{ division: ask.division, place: ask.division && "列表所选的区划", ledger: "needs" }} />
      </div>
      <Card styles={{ body: { padding: 0 } }}>
        <NeedsFilter ask={ask} counts={answer.data?.pages[0]?.counts} />
        {answer.isError && !answer.data ? (
          <Failure error={answer.error} retry={() => void answer.refetch()} />
        ) : (
          <>
            <Table
              data-testid="needs"
              size="middle"
              rowKey="id"
              columns={COLUMNS}
              dataSource={rows}
              pagination={false}
              loading={answer.isPending}
              scroll={{ x: 1150 }}
              locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={nothing(ask)} /> }}
            />
            <LoadMore answer={answer} shown={rows.length} unit="件" />
          </>
        )}
      </Card>
    </>
  );
}
