// People as rows, each opening the person's page; further rows are asked for when wanted.
import { Empty, Table, type TableColumnsType, Tag } from "antd";
import { useNavigate } from "react-router";
import type { CoveragePerson } from "../api/types";
import { PersonLink } from "../person/person-link";
import { LoadMore, type Pages } from "../shell/load-more";
import { level } from "../words/codes";
import type { Which } from "./lists";
import "../people/people.css";

interface Props {
  rows: CoveragePerson[];
  answer: Pages & { isPending: boolean };
  which: Which;
}

const LEVEL_COLOR: Record<number, string> = { 3: "blue", 2: "geekblue", 1: "cyan", 0: "gold" };

const NOBODY: Partial<Record<Which, string>> = {
  not_yet: "没有未访的人",
  tried: "没有走访未见的人",
  reached: "还没有遍访到的人",
  held: "没有待核的记录",
};

export function PeopleTable({ rows, answer, which }: Props) {
  const navigate = useNavigate();
  const columns: TableColumnsType<CoveragePerson> = [
    {
      title: "姓名",
      width: 220,
      render: (_, row) => <PersonLink id={row.person} name={row.name} />,
    },
    { title: "区划", width: 320, render: (_, row) => row.division.name },
    {
      title: "走访情况",
      render: (_, row) => <Tag color={LEVEL_COLOR[row.level ?? -1] ?? "default"}>{level(row.level)}</Tag>,
    },
    {
      title: "待核记录",
      width: 110,
      align: "right",
      render: (_, row) => (row.held > 0 ? `${row.held} 条` : "—"),
    },
  ];
  return (
    <>
      <Table
        data-testid="people"
        size="middle"
        rowKey="person"
        columns={columns}
        dataSource={rows}
        pagination={false}
        loading={answer.isPending}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={NOBODY[which] ?? "没有人"} /> }}
        onRow={(row) => ({ className: "row", onClick: () => navigate(`/people/${row.person}`) })}
      />
      <LoadMore answer={answer} shown={rows.length} />
    </>
  );
}
