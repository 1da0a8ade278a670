// 到期清单: whom the rules ask to be visited or contacted today, why and until when; the most pressing first, as on the phones.
import { Card, Empty, Space, Table, type TableColumnsType } from "antd";
import { type DueRow, useDue } from "../api/due";
import { ExportButton } from "../export/export-button";
import { PersonLink } from "../person/person-link";
import { DivisionTree } from "../shell/division-tree";
import { Failure } from "../shell/failure";
import { LoadMore } from "../shell/load-more";
import { onRowKeys } from "../shell/row-keys";
import { useParam } from "../shell/use-param";
import { useTitle } from "../shell/use-title";
import { count } from "../words/number";
import { LastDay, Reason } from "./due-reason";
import "../people/people.css";
import "./due.css";

const columns = (day: string): TableColumnsType<DueRow> => [
  { title: "姓名", width: 140, render: (_, row) => <PersonLink id={row.person} name={row.name} /> },
  { title: "区划", width: 190, render: (_, row) => row.division.name },
  {
    title: "原因",
    width: 380,
    render: (_, row) => row.due.map((due) => <Reason key={JSON.stringify(due)} row={row} due={due} />),
  },
  {
    title: "起算",
    width: 150,
    render: (_, row) =>
      row.due.map((due) => (
        <div key={JSON.stringify(due)} className="due-line mono">
          {due.since}
        </div>
      )),
  },
  {
    title: "最迟",
    width: 220,
    render: (_, row) => row.due.map((due) => <LastDay key={JSON.stringify(due)} due={due} day={day} />),
  },
  { title: "今天谁去", render: (_, row) => row.taken.join("、") || "—" },
];

export function DuePage() {
  const [division, choose] = useParam("division");
  const answer = useDue(division);
  const [first] = answer.data?.pages ?? [];
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  useTitle("到期清单");
  return (
    <>
      <div className="head">
        <h1>到期清单</h1>
        <Space>
          <span className="quiet">↑ ↓ 换人，回车打开</span>
          <ExportButton
            shown={{
              division: division ?? undefined,
              place: division ? "清单所选的区划" : undefined,
              ledger: "visit_list",
            }}
          />
        </Space>
      </div>
      <Card styles={{ body: { padding: 0 } }} onKeyDown={onRowKeys}>
        <div className="find due-find">
          <DivisionTree
            villages={false}
            clear
            label="区划"
            placeholder="全部区划"
            width={220}
            value={division}
            onChange={(chosen) => choose(chosen ?? null)}
          />
          {first && (
            <span data-testid="due-total">
              <b>{count(first.total)}</b> 人到期
              <span className="quiet"> · 按 {first.day} 的走访频次、必访事项和未办结的诉求算出，最紧要的在前</span>
            </span>
          )}
        </div>
        {answer.isError && !answer.data ? (
          <Failure error={answer.error} retry={() => void answer.refetch()} />
        ) : (
          <>
            <Table
              data-testid="due"
              size="middle"
              rowKey="person"
              columns={columns(first?.day ?? "")}
              dataSource={rows}
              pagination={false}
              loading={answer.isPending}
              className="due"
              scroll={{ x: 1000 }}
              locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<Nobody />} /> }}
            />
            <LoadMore answer={answer} shown={rows.length} />
          </>
        )}
      </Card>
    </>
  );
}

function Nobody() {
  return (
    <>
      <b>今天没有到期的人</b>
      <p className="quiet">
        到了走访频次、有必访事项、约定回访、被指派，或诉求还没办结的人会出现在这里；频次和必访事项在“规则”里设。
      </p>
    </>
  );
}
