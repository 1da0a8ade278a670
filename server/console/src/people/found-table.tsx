// The people found, with what tells two of one name apart: the masked number and the village.
import { Empty, Table, type TableColumnsType, Tag } from "antd";
import { useEffect } from "react";
import { useNavigate } from "react-router";
import type { PersonRow } from "../api/types";
import { PersonLink } from "../person/person-link";
import { LIFE, REGISTER, word } from "../words/codes";

interface Props {
  rows: PersonRow[];
  /** The row that Enter opens. */
  active: number;
  search: string;
  /** The state that is looked through; empty for all. */
  register: string;
  loading: boolean;
}

const COLUMNS: TableColumnsType<PersonRow> = [
  { title: "姓名", width: 180, render: (_, row) => <PersonLink id={row.id} name={row.name} /> },
  { title: "证件号码", width: 200, render: (_, row) => <span className="mono">{row.id_masked ?? "—"}</span> },
  { title: "区划", render: (_, row) => row.division?.name ?? "—" },
  {
    title: "状态",
    width: 150,
    render: (_, row) => (
      <>
        {word(REGISTER, row.register)}
        {row.life && row.life !== "ALIVE" && <Tag className="after">{word(LIFE, row.life)}</Tag>}
      </>
    ),
  },
];

export function FoundTable({ rows, active, search, register, loading }: Props) {
  const navigate = useNavigate();
  useEffect(() => {
    document
      .querySelector(`[data-row-key="${CSS.escape(rows[active]?.id ?? "")}"]`)
      ?.scrollIntoView({ block: "nearest" });
  }, [rows, active]);
  const nobody = search ? `没有找到“${search}”。换一个字，或只输入姓名的一部分试试。` : none(register);
  return (
    <Table
      data-testid="found"
      size="middle"
      rowKey="id"
      columns={COLUMNS}
      dataSource={rows}
      pagination={false}
      loading={loading}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={nobody} /> }}
      onRow={(row, at) => ({
        className: at === active ? "row active" : "row",
        onClick: () => navigate(`/people/${row.id}`),
      })}
    />
  );
}

/** Why a list without a word to search for is empty. */
function none(register: string): string {
  if (register === "DRAFT") return "没有待建档的人员。村（社区）在入户时新登记的人会出现在这里，由乡镇决定是否入册。";
  return register ? `没有“${word(REGISTER, register)}”的人员` : "这里还没有服务对象";
}
