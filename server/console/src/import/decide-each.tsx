// Rows by reason, and one decision for all that wait for a reason alone: a ledger without id numbers has hundreds of rows of which
// only a name agrees.
import { Alert, Button, Popconfirm, Select, Space } from "antd";
import { type ImportPage, type ImportRow, useDecideEach } from "../api/imports";
import { asProblem } from "../api/problem";
import { useParam } from "../shell/use-param";
import { count } from "../words/number";
import { zh } from "../words/zh";

export type Reason = ImportPage["reasons"][number];

const DECISIONS = [
  { decision: "same", label: "都是所示的那一个" },
  { decision: "take", label: "都按表格写入" },
  { decision: "skip", label: "都不导入" },
] as const;

const option = (reason: Reason) => ({ value: reason.code, label: `${zh(reason.message)}（${count(reason.rows)}）` });

/** What must be decided stands first, what was only brought to one form last. */
function options(reasons: readonly Reason[]) {
  const groups = [
    { label: "待核", of: (reason: Reason) => reason.weight === "doubt" },
    { label: "不导入", of: (reason: Reason) => reason.weight === "refusal" },
    { label: "补充说明", of: (reason: Reason) => reason.weight === "note" && !reason.form },
    { label: "只是统一了写法", of: (reason: Reason) => reason.form },
  ];
  const filled = groups.map(({ label, of }) => ({ label, options: reasons.filter(of).map(option) }));
  return filled.filter((group) => group.options.length > 0);
}

interface Props {
  id: string;
  reasons: readonly Reason[];
  /** Those that are shown; the server decides of all. */
  rows: readonly ImportRow[];
  /** Whether decisions are still taken. */
  decides: boolean;
}

export function DecideEach({ id, reasons, rows, decides }: Props) {
  const [reason, choose] = useParam("reason");
  const decide = useDecideEach(id);
  if (reasons.length === 0) return null;
  const chosen = reasons.find((one) => one.code === reason);
  const doubt = decides && chosen?.weight === "doubt" ? chosen : undefined;
  const same = rows.some((row) => row.candidates.length === 1);
  const told = decide.data?.decided;
  return (
    <Space orientation="vertical" size={8} style={{ width: "100%" }} data-testid="decide-each">
      <Space wrap>
        <Select
          aria-label="原因"
          placeholder="全部原因"
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          popupMatchSelectWidth={false}
          style={{ width: 420 }}
          value={chosen?.code ?? null}
          options={options(reasons)}
          onChange={(code: string | null | undefined) => {
            decide.reset();
            choose(code ?? null);
          }}
        />
        {doubt &&
          DECISIONS.filter(({ decision }) => decision !== "same" || same).map(({ decision, label }) => (
            <Popconfirm
              key={decision}
              title={`${label}？`}
              description="只因这个原因待核、还没有决定的行都照此决定，包括还没有显示的；应用之前仍可逐行更改。"
              okText="一起决定"
              cancelText="不决定"
              onConfirm={() => decide.mutate({ doubt: doubt.code, decision })}
            >
              <Button loading={decide.isPending && decide.variables?.decision === decision}>{label}</Button>
            </Popconfirm>
          ))}
      </Space>
      {decide.error && <Alert type="error" showIcon title={asProblem(decide.error).title} />}
      {told !== undefined && (
        <Alert
          type={told > 0 ? "success" : "info"}
          showIcon
          title={
            told > 0
              ? `已一起决定 ${count(told)} 行，应用后写入；还有别的疑点的行要逐行决定`
              : "没有可以一起决定的行：还有别的疑点、不止一个所示对象或已经决定的，要逐行决定"
          }
        />
      )}
    </Space>
  );
}
