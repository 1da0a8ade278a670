// Cases that are over: settled by somebody, with how and the way back, or gone by themselves.
import { Button, Empty, Segmented, Space, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useCases } from "../api/queries";
import type { CaseItem } from "../api/types";
import { Failure } from "../shell/failure";
import { LoadMore } from "../shell/load-more";
import { word } from "../words/codes";
import { CASE } from "../words/queue";
import { time } from "../words/time";
import { Named } from "./named";
import { type Question, SettleDialog } from "./settle-dialog";

const STATES = [
  { value: "SETTLED", label: "已了结" },
  { value: "LAPSED", label: "已自行消除" },
] as const;

type State = (typeof STATES)[number]["value"];

const reopen = (row: CaseItem): Question => ({
  title: "重新打开",
  note: `上次的结论：${row.how ?? "—"}`,
  ok: "重新打开",
  write: (how) => ({
    kind: "case",
    target: row.id,
    base: row.revision,
    act: { act: "change", set: { state: "OPEN", how } },
  }),
});

export function SettledTable() {
  const [params, setParams] = useSearchParams();
  const state = STATES.find(({ value }) => value === params.get("state"))?.value ?? "SETTLED";
  const answer = useCases(state, params.get("division") ?? undefined);
  const [question, ask] = useState<Question>();
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  const columns: TableColumnsType<CaseItem> = [
    { title: "事项", width: 130, render: (_, row) => <Tag>{word(CASE, row.case)}</Tag> },
    { title: "对象", render: (_, row) => <List rows={row.subjects} /> },
    { title: "由什么引起", render: (_, row) => <List rows={row.facts} /> },
    { title: "打开时间", width: 150, render: (_, row) => time(row.opened_ms) },
    {
      title: state === "SETTLED" ? "结论" : "",
      width: state === "SETTLED" ? 260 : 20,
      render: (_, row) =>
        state === "SETTLED" && (
          <Space wrap>
            {row.how && <span>{row.how}</span>}
            <Button onClick={() => ask(reopen(row))}>重新打开</Button>
          </Space>
        ),
    },
  ];
  if (answer.isError && !answer.data) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  return (
    <>
      <div className="find">
        <Segmented
          options={[...STATES]}
          value={state}
          onChange={(chosen: State) => setParams(choosing("state", chosen), { replace: true })}
        />
      </div>
      <Table
        data-testid="settled"
        size="middle"
        rowKey="id"
        columns={columns}
        dataSource={rows}
        pagination={false}
        loading={answer.isPending}
        scroll={{ x: 800 }}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有这样的事项" /> }}
      />
      <LoadMore answer={answer} shown={rows.length} unit="件" />
      <SettleDialog question={question} close={() => ask(undefined)} />
    </>
  );
}

function List({ rows }: { rows: CaseItem["subjects"] }) {
  return (
    <Space orientation="vertical" size={0}>
      {rows.map((row) => (
        <Named key={row.id} record={row} />
      ))}
    </Space>
  );
}

function choosing(name: string, value: string) {
  return (params: URLSearchParams) => {
    params.set(name, value);
    return params;
  };
}
