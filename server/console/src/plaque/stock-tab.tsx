// What the store holds, lot by lot, and how the figures of the year balance. More handed out than received is told, with
// what to do about it; it never stopped anybody at a door.
import { Alert, Button, Card, Descriptions, Empty, Space, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { type LotRow, usePlaqueFigures, useStock } from "../api/plaques";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { takeBack } from "../queue/take-back";
import { useMay } from "../session/use-session";
import { Failure } from "../shell/failure";
import { word } from "../words/codes";
import { count } from "../words/number";
import { LOT_ACT } from "../words/plaques";
import { LotMove, type Move } from "./lot-move";
import { NewLot } from "./new-lot";
import { StockParts } from "./stock-parts";

const COLUMNS: TableColumnsType<LotRow> = [
  { title: "日期", width: 120, render: (_, row) => <span className="mono">{row.day ?? "—"}</span> },
  {
    title: "来源",
    width: 160,
    render: (_, row) => (
      <>
        {word(LOT_ACT, row.act)} {!row.counts && <Tag>不计入</Tag>}
      </>
    ),
  },
  { title: "所在", render: (_, row) => row.division?.name ?? "—" },
  { title: "数量", width: 90, align: "right", render: (_, row) => count(row.count) },
  { title: "已发", width: 90, align: "right", render: (_, row) => count(row.taken) },
  {
    title: "剩余",
    width: 90,
    align: "right",
    render: (_, row) => <span className={row.left < 0 ? "bad" : ""}>{count(row.left)}</span>,
  },
];

const FIGURES = [
  ["store_start", "期初库存"],
  ["received", "入库"],
  ["store_moved", "调入（调出为负）"],
  ["store_left", "发出"],
  ["destroyed", "销毁"],
  ["store_end", "期末库存"],
  ["hung_start", "期初在挂"],
  ["hung_in", "上墙"],
  ["hung_out", "下墙"],
  ["hung_moved", "随户迁移"],
  ["hung_end", "期末在挂"],
  ["issued", "发放"],
  ["put_up_new", "新发悬挂"],
  ["put_up_replace", "更换悬挂"],
  ["put_up_reissue", "补发悬挂"],
] as const;

const wrong = (lot: LotRow) =>
  takeBack({
    kind: "plaque_stock",
    id: lot.lot,
    revision: lot.revision,
    what: `${word(LOT_ACT, lot.act)} ${lot.count} 块`,
  });

/** A county has nothing above it and a village nothing below. */
const possible = (lot: LotRow) => (act: string) =>
  !(act === "RETURNED" && lot.division?.level === "COUNTY") &&
  !(act === "TRANSFERRED" && lot.division?.level === "VILLAGE");

export function StockTab() {
  const [params] = useSearchParams();
  const division = params.get("division") ?? undefined;
  const figures = usePlaqueFigures(division);
  const stock = useStock(division);
  const [move, choose] = useState<Move>();
  const [question, ask] = useState<Question>();
  const reviews = useMay("REVIEW");
  const acts: TableColumnsType<LotRow>[number] = {
    title: "",
    width: 300,
    render: (_, lot) =>
      lot.counts && (
        <Space>
          {(lot.left > 0 ? lot.may : []).filter(possible(lot)).map((act) => (
            <Button key={act} danger={act === "DESTROYED"} onClick={() => choose({ lot, act })}>
              {word(LOT_ACT, act)}
            </Button>
          ))}
          {reviews && (
            <Button type="text" danger onClick={() => ask(wrong(lot))}>
              作废
            </Button>
          )}
        </Space>
      ),
  };
  const failed = figures.error ?? stock.error;
  if (failed) return <Failure error={failed} retry={() => void Promise.all([figures.refetch(), stock.refetch()])} />;
  const told = figures.data?.figures as Record<string, number> | undefined;
  const end = told?.store_end ?? 0;
  return (
    <div className="find">
      {end < 0 && (
        <Alert
          type="warning"
          showIcon
          title={`发出的比入库的多 ${count(-end)} 块`}
          description={
            <>
              多半是有一批光荣牌没有登记入库。请在下面补记入库（按实际到货的日期和数量）；确实对不上的，在
              <Link to="/queue?tab=cases">核对事项</Link>里写明原因。门口的悬挂和发放照常计数，不受影响。
            </>
          }
          style={{ marginBottom: 12 }}
        />
      )}
      <Card
        size="small"
        title={figures.data ? `${figures.data.division.name} ${figures.data.from} 至 ${figures.data.to}` : "本年"}
        loading={figures.isPending}
      >
        <Descriptions
          data-testid="plaque-figures"
          size="small"
          column={{ xs: 2, md: 3, xl: 5 }}
          items={FIGURES.map(([key, label]) => ({ key, label, children: count(told?.[key] ?? 0) }))}
        />
      </Card>
      <StockParts division={division} />
      <div className="head" style={{ margin: "16px 0 8px" }}>
        <b>批次</b>
        <NewLot />
      </div>
      <Table
        data-testid="lots"
        size="middle"
        rowKey="lot"
        columns={[...COLUMNS, acts]}
        dataSource={stock.data?.rows ?? []}
        pagination={false}
        loading={stock.isPending}
        locale={{
          emptyText: (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有登记入库的光荣牌，点右上方“登记入库”" />
          ),
        }}
      />
      <SettleDialog question={question} close={() => ask(undefined)} />
      <LotMove move={move} close={() => choose(undefined)} />
    </div>
  );
}
