// Cases: what two phones, a number held twice or a death told at a door ask a person to look at.
import { Button, Empty, Segmented, Space, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
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
  { value: "OPEN", label: "待核对" },
  { value: "SETTLED", label: "已了结" },
  { value: "LAPSED", label: "已自行消除" },
] as const;

type State = (typeof STATES)[number]["value"];

const settle = (row: CaseItem): Question => ({
  title: "了结核对事项",
  note: "记录本身不变；需要作废或改正的，请先在记录上处理。了结后可以重新打开。",
  ok: "了结",
  // What comes while this dialog is open was not looked at, and leaves the case open.
  write: (how) => change(row, { state: "SETTLED", how, seen: row.weight }),
});

const reopen = (row: CaseItem): Question => ({
  title: "重新打开",
  note: `上次的结论：${row.how ?? "—"}`,
  ok: "重新打开",
  write: (how) => change(row, { state: "OPEN", how }),
});

const change = (row: CaseItem, set: Record<string, string | number>) => ({
  kind: "case",
  target: row.id,
  base: row.revision,
  act: { act: "change", set },
});

export function CasesTable() {
  const [params, setParams] = useSearchParams();
  const state = STATES.find(({ value }) => value === params.get("state"))?.value ?? "OPEN";
  const answer = useCases(state, params.get("division") ?? undefined);
  const [question, ask] = useState<Question>();
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  const columns: TableColumnsType<CaseItem> = [
    { title: "事项", width: 130, render: (_, row) => <Tag color="gold">{word(CASE, row.case)}</Tag> },
    { title: "对象", render: (_, row) => <List rows={row.subjects} /> },
    { title: "由什么引起", render: (_, row) => <List rows={row.facts} /> },
    { title: "打开时间", width: 150, render: (_, row) => time(row.opened_ms) },
    {
      title: state === "SETTLED" ? "结论" : "",
      width: state === "SETTLED" ? 260 : 140,
      render: (_, row) => (
        <Space>
          {row.how && state === "SETTLED" && <span>{row.how}</span>}
          {state === "OPEN" && row.case === "MERGE" && <Compare subjects={row.subjects} />}
          {state === "OPEN" && <Button onClick={() => ask(settle(row))}>了结</Button>}
          {state === "SETTLED" && <Button onClick={() => ask(reopen(row))}>重新打开</Button>}
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
        data-testid="cases"
        size="middle"
        rowKey="id"
        columns={columns}
        dataSource={rows}
        pagination={false}
        loading={answer.isPending}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有要核对的事项" /> }}
      />
      <LoadMore answer={answer} shown={rows.length} unit="件" />
      <SettleDialog question={question} close={() => ask(undefined)} />
    </>
  );
}

/** Two people who may be one are looked at side by side. */
function Compare({ subjects }: { subjects: CaseItem["subjects"] }) {
  const [one, other] = subjects.filter((subject) => subject.kind === "person");
  return one && other ? <Link to={`/people/${one.id}/same/${other.id}`}>对比</Link> : null;
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
