// Doubtful rows by reason, and one decision for all that wait for that reason alone: a ledger without id numbers has hundreds
// of rows of which only a name agrees.
import { Alert, Button, Popconfirm, Select, Space } from "antd";
import { type ImportRow, useDecideEach } from "../api/imports";
import { asProblem } from "../api/problem";
import { useParam } from "../shell/use-param";
import { count } from "../words/number";
import { doubts } from "./doubts";

const DECISIONS = [
  { decision: "same", label: "都是所示的那一个" },
  { decision: "take", label: "都按表格写入" },
  { decision: "skip", label: "都不导入" },
] as const;

/** `rows`: those that are shown; the server decides of all. */
export function DecideEach({ id, rows }: { id: string; rows: readonly ImportRow[] }) {
  const [reason, choose] = useParam("reason");
  const decide = useDecideEach(id);
  const found = doubts(rows);
  const chosen = found.find((doubt) => doubt.code === reason);
  if (found.length === 0) return null;
  const told = decide.data?.decided;
  return (
    <Space orientation="vertical" size={8} style={{ width: "100%" }} data-testid="decide-each">
      <Space wrap>
        <Select
          aria-label="待核原因"
          placeholder="全部待核原因"
          allowClear
          popupMatchSelectWidth={false}
          style={{ width: 420 }}
          value={chosen?.code ?? null}
          options={found.map(({ code, label, rows }) => ({ value: code, label: `${label}（${count(rows)}）` }))}
          onChange={(code: string | null | undefined) => {
            decide.reset();
            choose(code ?? null);
          }}
        />
        {chosen &&
          DECISIONS.filter(({ decision }) => decision !== "same" || chosen.same).map(({ decision, label }) => (
            <Popconfirm
              key={decision}
              title={`${label}？`}
              description="只因这个原因待核、还没有决定的行都照此决定，包括还没有显示的；应用之前仍可逐行更改。"
              okText="一起决定"
              cancelText="不决定"
              onConfirm={() => decide.mutate({ doubt: chosen.code, decision })}
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
