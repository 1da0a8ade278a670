// The divisions directly below, each row opening the next level and each figure its list. They stand in the order of the
// register of divisions and cannot be sorted by a figure: this is no league table.
import { Table, type TableColumnsType, Tag } from "antd";
import { Link } from "react-router";
import type { Ask } from "../api/queries";
import type { Coverage } from "../api/types";
import { count, percent } from "../words/number";
import { coverageAt } from "./ask";
import { Figure } from "./figure";
import { LISTS, type Which } from "./lists";
import { ReachBar } from "./reach-bar";

type Part = Coverage["parts"][number];

/** The columns before and after the rate. */
const FIRST: Which[] = ["denominator", "reached", "in_person", "remote", "family"];
const LAST: Which[] = ["tried", "not_yet", "held"];

interface Props {
  coverage: Coverage;
  ask: Ask;
  /** Villages that have not synchronized, by id. */
  behind: ReadonlySet<string>;
}

export function PartsTable({ coverage, ask, behind }: Props) {
  const own = coverage.division.id;
  // What lies in the division itself has no address of its own, so its figures open no list.
  const number = (which: Which, title = LISTS[which]) => ({
    title,
    width: 92,
    align: "right" as const,
    render: (_: unknown, { division, figures }: Part) =>
      division.id === own ? (
        count(figures[which])
      ) : (
        <Figure figures={figures} which={which} ask={{ ...ask, division: division.id }} of={division.name} />
      ),
  });

  const columns: TableColumnsType<Part> = [
    {
      title: coverage.division.level === "COUNTY" ? "乡镇（街道）" : "村（社区）",
      fixed: "left",
      minWidth: 140,
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
    number("denominator"),
    {
      title: "已遍访",
      children: [number("reached", "合计"), number("in_person"), number("remote"), number("family")],
    },
    {
      title: "覆盖率",
      width: 220,
      render: (_, { figures }) => (
        <span className="rate">
          <ReachBar figures={figures} />
          <span>{percent(figures.reached, figures.denominator)}</span>
        </span>
      ),
    },
    number("tried"),
    number("not_yet"),
    number("held"),
  ];

  const { total } = coverage;
  const sum = (which: Which, index: number) => (
    <Table.Summary.Cell key={which} index={index} align="right">
      {count(total[which])}
    </Table.Summary.Cell>
  );
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
          {FIRST.map((which, at) => sum(which, at + 1))}
          <Table.Summary.Cell index={6} align="right">
            {percent(total.reached, total.denominator)}
          </Table.Summary.Cell>
          {LAST.map((which, at) => sum(which, at + 7))}
        </Table.Summary.Row>
      )}
    />
  );
}
