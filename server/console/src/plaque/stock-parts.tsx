// What each division below holds, so that a lot handed down is seen to arrive.
import { Table, type TableColumnsType } from "antd";
import { usePlaqueFigures } from "../api/plaques";
import type { components } from "../api/schema";
import { count } from "../words/number";

type Part = components["schemas"]["PlaquePart"];

const FIGURES = [
  ["store_start", "期初库存"],
  ["received", "入库"],
  ["store_moved", "调入（调出为负）"],
  ["store_left", "发出"],
  ["destroyed", "销毁"],
  ["store_end", "期末库存"],
] as const;

const figure = (part: Part, key: string) => (part.figures as Record<string, number>)[key] ?? 0;

export function StockParts({ division }: { division: string | undefined }) {
  const told = usePlaqueFigures(division).data;
  if (!told || told.parts.length === 0) return null;
  // Where nothing ever came or went there is nothing to read.
  const parts = told.parts.filter((part) => FIGURES.some(([key]) => figure(part, key) !== 0));
  const columns: TableColumnsType<Part> = [
    { title: "区划", render: (_, part) => (part.division.id === told.division.id ? "本级" : part.division.name) },
    ...FIGURES.map(([key, title]) => ({
      title,
      key,
      width: 130,
      align: "right" as const,
      render: (_: unknown, part: Part) => {
        const value = figure(part, key);
        return <span className={key === "store_end" && value < 0 ? "bad" : ""}>{count(value)}</span>;
      },
    })),
  ];
  return (
    <Table
      data-testid="stock-parts"
      size="small"
      rowKey={(part) => part.division.id}
      columns={columns}
      dataSource={parts}
      pagination={false}
      scroll={{ x: 800 }}
      style={{ marginTop: 12 }}
    />
  );
}
