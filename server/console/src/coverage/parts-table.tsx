// The divisions directly below, each row opening the next level and each figure its list. They stand in the order of the
// register of divisions and cannot be sorted by a figure: this is no league table.
import { Table, type TableColumnsType, Tag } from "antd";
import { Link } from "react-router";
import type { Ask } from "../api/queries";
import type { Coverage, Figures } from "../api/types";
import { count, percent } from "../words/number";
import { coverageAt, listAt } from "./ask";
import { Figure } from "./figure";
import { ReachBar } from "./reach-bar";

type Part = Coverage["parts"][number];

interface Props {
  coverage: Coverage;
  ask: Ask;
  /** Villages that have not synchronized, by id. */
  behind: ReadonlySet<string>;
}

export function PartsTable({ coverage, ask, behind }: Props) {
  const own = coverage.division.id;
  const at = (part: Part): Ask => ({ ...ask, division: part.division.id });

  const number = (title: string, key: keyof Figures, width = 84) => ({
    title,
    width,
    align: "right" as const,
    render: (_: unknown, part: Part) => count(part.figures[key]),
  });
  // What lies in the division itself has no address of its own, so its figures open no list.
  const listed = (title: string, key: keyof Figures, which: string) => ({
    ...number(title, key),
    render: (_: unknown, part: Part) =>
      part.division.id === own ? (
        count(part.figures[key])
      ) : (
        <Figure value={part.figures[key]} to={listAt(at(part), which)} label={`${part.division.name}${title}`} />
      ),
  });

  const columns: TableColumnsType<Part> = [
    {
      title: coverage.division.level === "COUNTY" ? "乡镇（街道）" : "村（社区）",
      fixed: "left",
      render: (_, { division }) =>
        division.id === own ? (
          <span className="quiet">本级（未落到村）</span>
        ) : (
          <>
            <Link to={coverageAt({ ...ask, division: division.id })}>{division.name}</Link>
            {behind.has(division.id) && (
              <Tag color="gold" className="behind-tag">
                手机未同步
              </Tag>
            )}
          </>
        ),
    },
    number("应访", "denominator"),
    {
      title: "已遍访",
      children: [
        listed("合计", "reached", "reached"),
        number("见面", "in_person", 76),
        number("电话视频", "remote", 84),
        number("只见家属", "family", 84),
      ],
    },
    {
      title: "覆盖率",
      width: 190,
      render: (_, { figures }) => (
        <span className="rate">
          <ReachBar figures={figures} />
          <span>{percent(figures.reached, figures.denominator)}</span>
        </span>
      ),
    },
    listed("走访未见", "tried", "tried"),
    listed("未访", "not_yet", "not_yet"),
    listed("待核", "held", "held"),
  ];

  const { total } = coverage;
  const sums = [total.denominator, total.reached, total.in_person, total.remote, total.family];
  return (
    <Table
      className="parts"
      data-testid="parts"
      size="middle"
      bordered
      rowKey={(part) => part.division.id}
      columns={columns}
      dataSource={coverage.parts}
      pagination={false}
      scroll={{ x: 960 }}
      summary={() => (
        <Table.Summary.Row className="sum">
          <Table.Summary.Cell index={0}>合计</Table.Summary.Cell>
          {sums.map((sum, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the columns are fixed
            <Table.Summary.Cell key={at} index={at + 1} align="right">
              {count(sum)}
            </Table.Summary.Cell>
          ))}
          <Table.Summary.Cell index={6}>{percent(total.reached, total.denominator)}</Table.Summary.Cell>
          {[total.tried, total.not_yet, total.held].map((sum, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the columns are fixed
            <Table.Summary.Cell key={at} index={at + 7} align="right">
              {count(sum)}
            </Table.Summary.Cell>
          ))}
        </Table.Summary.Row>
      )}
    />
  );
}
