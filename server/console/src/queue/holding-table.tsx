// The holding queue: what is kept beside until the township has looked. Each row is the smallest part that can be settled.
import { Button, Empty, Space, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useHolding } from "../api/queries";
import type { HeldItem } from "../api/types";
import { useMay } from "../session/use-session";
import { Failure } from "../shell/failure";
import { LoadMore } from "../shell/load-more";
import { CATEGORY, LIFE, REGISTER, word } from "../words/codes";
import { FIELD, WHY } from "../words/queue";
import { Named } from "./named";
import { type Question, SettleDialog } from "./settle-dialog";

const VALUE = { ...LIFE, ...REGISTER, ...CATEGORY };

/** A field's value for a reader: codes as words, lists joined. */
export function shown(value: unknown): string {
  if (value === null || value === undefined || value === "") return "（空）";
  if (Array.isArray(value)) return value.map(shown).join("、");
  if (typeof value === "object") return JSON.stringify(value);
  return word(VALUE, String(value));
}

const settle = (row: HeldItem, accept: boolean): Question => ({
  title: row.why === "HELD" ? (accept ? "准予计入" : "不予计入") : accept ? "采用这个值" : "不采用",
  note: row.field
    ? `${word(FIELD, row.field)}：现为“${shown(row.now)}”，另有“${shown(row.other)}”`
    : (row.zh ?? "由您核对后决定。"),
  ok: accept ? "确定" : "确定不采用",
  danger: !accept,
  write: (reason) => ({
    kind: row.record.kind,
    target: row.record.id,
    base: row.revision,
    act: { act: "settle", part: row.part, accept, reason },
  }),
});

export function HoldingTable() {
  const [params] = useSearchParams();
  const answer = useHolding(params.get("division") ?? undefined);
  const [question, ask] = useState<Question>();
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  const county = useMay("COUNTY");
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
            {word(FIELD, row.field)}：{shown(row.now)} → <b>{shown(row.other)}</b>
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
      render: (_, row) =>
        row.county_only && !county ? (
          <span className="quiet">由县局决定</span>
        ) : (
          <Space>
            <Button onClick={() => ask(settle(row, true))}>{row.why === "HELD" ? "准予" : "采用"}</Button>
            <Button danger onClick={() => ask(settle(row, false))}>
              {row.why === "HELD" ? "不准" : "不采用"}
            </Button>
          </Space>
        ),
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
