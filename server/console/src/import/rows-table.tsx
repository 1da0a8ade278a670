// The rows of an import: each cell with what it was and what it becomes, and for a doubtful row the choice.
import { Alert, Select, Table, type TableColumnsType, Tag } from "antd";
import { type Decision, type ImportRow, useDecide } from "../api/imports";
import { asProblem } from "../api/problem";
import { OUTCOME } from "../words/imports";
import { zh } from "../words/zh";

const SHOWN = Object.fromEntries(OUTCOME.map((one) => [one.key, one]));

type Cell = ImportRow["cells"][number];

function Told({ cell }: { cell: Cell }) {
  const weight = cell.weight === "note" ? "" : cell.weight;
  return (
    <span className={weight} style={{ display: "block" }}>
      <span className="mono quiet">{cell.at}</span> {weight ? <b>{zh(cell.message)}</b> : zh(cell.message)}
      {(cell.from || cell.to) && (
        <>
          ：{cell.from && <del>{cell.from}</del>} {cell.to && <b>{cell.to}</b>}
        </>
      )}
    </span>
  );
}

const WEIGHTS = ["refusal", "doubt", "note"];

/** What must be decided first; what was only brought to one form behind its count. */
function Cells({ row }: { row: ImportRow }) {
  const decisive = row.cells.filter((cell) => !cell.form);
  decisive.sort((one, other) => WEIGHTS.indexOf(one.weight) - WEIGHTS.indexOf(other.weight));
  const forms = row.cells.filter((cell) => cell.form);
  return (
    <>
      {decisive.map((cell) => (
        <Told key={`${cell.at} ${cell.code}`} cell={cell} />
      ))}
      {forms.length > 0 && (
        <details>
          <summary className="quiet">统一写法 {forms.length} 处</summary>
          {forms.map((cell) => (
            <Told key={`${cell.at} ${cell.code}`} cell={cell} />
          ))}
        </details>
      )}
    </>
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
  const sheets = new Set(rows.map((row) => row.sheet)).size;
  const columns: TableColumnsType<ImportRow> = [
    {
      title: "行",
      width: 90,
      render: (_, row) => (
        <>
          {sheets > 1 && <span className="quiet">{row.sheet} </span>}
          <span className="mono">{row.row}</span>
        </>
      ),
    },
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
