// The holding queue: what is kept beside until the township has looked. Each row is the smallest part that can be settled.
import { Empty, Space, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useHolding } from "../api/queries";
import type { HeldItem } from "../api/types";
import { shown } from "../record/value";
import { Failure } from "../shell/failure";
import { LoadMore } from "../shell/load-more";
import { word } from "../words/codes";
import { FIELD, WHY } from "../words/queue";
import { Named } from "./named";
import { SettleButtons } from "./settle-buttons";
import { type Question, SettleDialog } from "./settle-dialog";

export function HoldingTable() {
  const [params] = useSearchParams();
  const answer = useHolding(params.get("division") ?? undefined);
  const [question, ask] = useState<Question>();
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  const columns: TableColumnsType<HeldItem> = [
    { title: "", width: 120, render: (_, row) => <Tag color={COLOR[row.why] ?? "default"}>{word(WHY, row.why)}</Tag> },
    {
      title: "记录",
      render: (_, row) => (
        <Space orientation="vertical" size={0}>
          <Named record={row.record} />
          {row.subjects.map((subject) => (
            <Named key={subject.id} record={subject} />
          ))}
        </Space>
      ),
    },
    { title: "记录人", width: 110, render: (_, row) => row.by ?? "—" },
    {
      title: "为什么",
      render: (_, row) =>
        row.field ? (
          <span>
            {word(FIELD, row.field)}：{shown(row.now, row.field)} → <b>{shown(row.other, row.field)}</b>
            {row.since && <span className="quiet"> 自 {row.since}</span>}
            {row.zh && <div className="quiet">{row.zh}</div>}
          </span>
        ) : (
          row.zh
        ),
    },
    {
      title: "",
      width: 190,
      render: (_, row) => <SettleButtons row={row} ask={ask} />,
    },
  ];
  if (answer.isError && !answer.data) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  return (
    <>
      <Table
        data-testid="holding"
        size="middle"
        rowKey={(row) => `${row.record.id} ${JSON.stringify(row.part)}`}
        columns={columns}
        dataSource={rows}
        pagination={false}
        loading={answer.isPending}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有暂存的记录" /> }}
      />
      <LoadMore answer={answer} shown={rows.length} unit="条" />
      <SettleDialog question={question} close={() => ask(undefined)} />
    </>
  );
}

const COLOR: Record<string, string> = { HELD: "gold", PROPOSED: "blue", CONFLICT: "volcano" };
