// Values that wait beside a field: proposed, or given differently by two phones. A reviewer takes one or turns it down here.
import { Card, Space, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import type { HeldItem } from "../api/types";
import { SettleButtons } from "../queue/settle-buttons";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { shown } from "../record/value";
import { useMay } from "../session/use-session";
import { word } from "../words/codes";
import { FIELD, WHY } from "../words/queue";

export function WaitingCard({ rows }: { rows: HeldItem[] }) {
  const reviews = useMay("REVIEW");
  const [question, ask] = useState<Question>();
  const columns: TableColumnsType<HeldItem> = [
    {
      title: "字段",
      render: (_, row) => (
        <Space>
          <Tag color="blue">{word(WHY, row.why)}</Tag>
          {row.field ? word(FIELD, row.field) : "整条记录"}
        </Space>
      ),
    },
    { title: "现值", render: (_, row) => (row.field ? shown(row.now, row.field) : "—") },
    {
      title: "另一值",
      render: (_, row) => (
        <>
          <b>{row.field ? shown(row.other, row.field) : row.zh}</b>
          {row.since && <span className="quiet"> 自 {row.since}</span>}
        </>
      ),
    },
    { title: "提出人", width: 110, render: (_, row) => row.by ?? "—" },
    {
      title: "",
      width: 190,
      render: (_, row) => (reviews ? <SettleButtons row={row} ask={ask} /> : <span className="quiet">由乡镇审核</span>),
    },
  ];
  return (
    <Card title="待核的值" styles={{ body: { padding: 0 } }}>
      <Table
        data-testid="waiting"
        size="middle"
        rowKey={(row) => `${row.record.id} ${JSON.stringify(row.part)}`}
        columns={columns}
        dataSource={rows}
        pagination={false}
      />
      <SettleDialog question={question} close={() => ask(undefined)} />
    </Card>
  );
}
