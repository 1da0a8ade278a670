// What was delivered this year, in each division below: by the borders of the year's last day, and by the division of the day.
import { Card, Table, type TableColumnsType } from "antd";
import { useLetterFigures } from "../api/plaques";
import type { components } from "../api/schema";
import { count } from "../words/number";

type Part = components["schemas"]["LetterPart"];

const yuan = (fen: number) => count(fen / 100);

const FIGURES = [
  ["delivered", "送达（份）", count],
  ["conscripts", "其中义务兵", count],
  ["award_fen", "奖励金（元）", yuan],
  ["goods_fen", "慰问品价值（元）", yuan],
] as const;

export function LettersDelivered({ division }: { division: string | undefined }) {
  const told = useLetterFigures(division).data;
  if (!told || told.total.delivered === 0) return null;
  const columns: TableColumnsType<Part> = [
    { title: "区划", render: (_, part) => (part.division.id === told.division.id ? "本级" : part.division.name) },
    ...FIGURES.map(([key, title, written]) => ({
      title,
      key,
      width: 150,
      align: "right" as const,
      render: (_: unknown, part: Part) => written(part.figures[key]),
    })),
  ];
  return (
    <Card
      size="small"
      title={`${told.from} 至 ${told.to} 送达`}
      style={{ marginTop: 16 }}
      styles={{ body: { padding: 0 } }}
    >
      <Table
        data-testid="letters-delivered"
        size="small"
        rowKey={(part) => part.division.id}
        columns={columns}
        dataSource={told.parts.filter((part) => part.figures.delivered > 0)}
        pagination={false}
        scroll={{ x: 800 }}
        summary={() => (
          <Table.Summary.Row>
            <Table.Summary.Cell index={0}>合计</Table.Summary.Cell>
            {FIGURES.map(([key, , written], at) => (
              <Table.Summary.Cell key={key} index={at + 1} align="right">
                {written(told.total[key])}
              </Table.Summary.Cell>
            ))}
          </Table.Summary.Row>
        )}
      />
    </Card>
  );
}
