// The rows of an import: each cell with what it was and what it becomes, and for a doubtful row the choice.
import { Alert, Select, Space, Table, type TableColumnsType, Tag } from "antd";
import { type Decision, type ImportRow, useDecide } from "../api/imports";
import { asProblem } from "../api/problem";
import { OUTCOME } from "../words/imports";

const SHOWN = Object.fromEntries(OUTCOME.map((one) => [one.key, one]));

function Cells({ row }: { row: ImportRow }) {
  return (
    <Space orientation="vertical" size={2}>
      {row.cells.map((cell) => (
        <span key={`${cell.at} ${cell.code}`}>
          <span className="mono quiet">{cell.at}</span> {cell.message.split(" / ")[0]}
          {(cell.from || cell.to) && (
            <>
              ：{cell.from && <del>{cell.from}</del>} {cell.to && <b>{cell.to}</b>}
            </>
          )}
        </span>
      ))}
    </Space>
  );
}

function Choice({ row, decide }: { row: ImportRow; decide: (decision: Decision) => void }) {
  const options = [
    { value: "skip", label: "不导入" },
    { value: "take", label: "按表格写入" },
    ...row.candidates.map((candidate) => ({ value: candidate.id, label: `就是 ${candidate.text}` })),
  ];
  return (
    <Select
      aria-label={`第 ${row.row} 行`}
      style={{ width: 220 }}
      placeholder="请决定"
      value={row.decision === "same_as" ? "已指定" : (row.decision ?? null)}
      options={options}
      onChange={(value: string) => decide(value === "take" || value === "skip" ? value : { same_as: value })}
    />
  );
}

interface Props {
  id: string;
  rows: ImportRow[];
  open: boolean;
  /** What is said of a row that was touched since. */
  changed: string;
}

export function RowsTable({ id, rows, open, changed }: Props) {
  const decide = useDecide(id);
  const columns: TableColumnsType<ImportRow> = [
    { title: "行", width: 70, render: (_, row) => <span className="mono">{row.row}</span> },
    { title: "姓名", width: 120, dataIndex: "name" },
    {
      title: "结果",
      width: 130,
      render: (_, row) => (
        <>
          <Tag color={SHOWN[row.outcome]?.color ?? "default"}>{SHOWN[row.outcome]?.label ?? row.outcome}</Tag>
          {row.changed_since && <Tag color="gold">{changed}</Tag>}
        </>
      ),
    },
    { title: "说明", render: (_, row) => <Cells row={row} /> },
    {
      title: "决定",
      width: 240,
      render: (_, row) =>
        open && row.outcome === "doubtful" ? (
          <Choice row={row} decide={(decision) => decide.mutate({ [row.n]: decision })} />
        ) : null,
    },
  ];
  return (
    <>
      {decide.error && <Alert type="error" showIcon title={asProblem(decide.error).title} />}
      <Table
        rowKey="n"
        size="middle"
        columns={columns}
        dataSource={rows}
        pagination={false}
        scroll={{ x: 900 }}
        style={{ marginTop: 16 }}
      />
    </>
  );
}
