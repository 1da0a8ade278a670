// One import: what it comes to, row by row, the doubts to decide, and writing or taking back.
import { Alert, Button, Card, Popconfirm, Progress, Segmented, Space } from "antd";
import { useParams, useSearchParams } from "react-router";
import { type Import, runs, useApply, useImport, useUndo } from "../api/imports";
import { asProblem } from "../api/problem";
import { Failure } from "../shell/failure";
import { LoadMore } from "../shell/load-more";
import { useTitle } from "../shell/use-title";
import { word } from "../words/codes";
import { LEDGER, OUTCOME, STATE } from "../words/imports";
import { count } from "../words/number";
import { Assumptions } from "./assumptions";
import { HandOut } from "./hand-out";
import { RowsTable } from "./rows-table";

/** How many rows the next apply would write. */
function open(one: Import): number {
  return one.state === "PLANNED" ? one.new + one.update + one.decided : one.decided + one.changed_since;
}

function Running({ one }: { one: Import }) {
  const { done, total } = one.progress ?? { done: 0, total: 0 };
  const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
  return <Progress percent={percent} aria-label="进度" format={() => `${count(done)}/${count(total)}`} />;
}

function Acts({ one }: { one: Import }) {
  const apply = useApply(one.id);
  const undo = useUndo(one.id);
  const failed = apply.error ?? undo.error;
  const waiting = open(one);
  const stopped = one.state === "APPLYING" && !runs(one);
  return (
    <Space orientation="vertical" size={8} style={{ width: "100%" }}>
      <Space>
        {(one.state === "PLANNED" || waiting > 0 || stopped) && (
          <Button
            type="primary"
            disabled={!stopped && waiting === 0}
            loading={apply.isPending || runs(one)}
            onClick={() => apply.mutate()}
          >
            {stopped ? "继续写入" : `应用 ${count(waiting)} 行`}
          </Button>
        )}
        {one.state === "APPLIED" && (
          <Popconfirm
            title="撤销这次导入？"
            description={
              one.ledger === "staff" ? "新建的账号停用，改动恢复原值。" : "新增的人员移出名册，记录作废，改动恢复原值。"
            }
            okText="撤销"
            cancelText="不撤销"
            onConfirm={() => undo.mutate()}
          >
            <Button danger loading={undo.isPending}>
              撤销这次导入
            </Button>
          </Popconfirm>
        )}
      </Space>
      {failed && <Alert type="error" showIcon title={asProblem(failed).title} />}
      {undo.data && !undo.data.begun && (
        <Alert
          type="warning"
          showIcon
          title={`不能撤销：已有 ${count(undo.data.dependents.length)} 项工作建立在它之上`}
          description={undo.data.dependents
            .slice(0, 5)
            .map((found) => `${found.why} ${found.record}`)
            .join("；")}
        />
      )}
    </Space>
  );
}

export function ImportPage() {
  const { id = "" } = useParams();
  const [params, setParams] = useSearchParams();
  const outcome = params.get("outcome") ?? undefined;
  const answer = useImport(id, outcome);
  const one = answer.data?.pages[0]?.import;
  useTitle(one ? `导入 ${one.file_name}` : "导入");
  if (answer.error && !one) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  if (!one) return <Card loading />;
  const rows = answer.data?.pages.flatMap((page) => page.items) ?? [];
  const filters = [
    { value: "", label: `全部 ${count(one.rows)}` },
    ...OUTCOME.map(({ key, label }) => ({ value: key as string, label: `${label} ${count(one[key])}` })),
    ...(one.changed_since > 0 ? [{ value: "changed", label: `已变动 ${count(one.changed_since)}` }] : []),
  ];
  return (
    <>
      <div className="head">
        <h1>{one.file_name}</h1>
        <span className="quiet">
          {word(LEDGER, one.ledger)} · {word(STATE, one.state)}
        </span>
      </div>
      <Card>
        <Space orientation="vertical" size={16} style={{ width: "100%" }}>
          <Acts one={one} />
          {one.ledger === "staff" && one.state === "APPLIED" && <HandOut one={one} />}
          {one.assumptions.length > 0 && <Assumptions one={one} />}
          {runs(one) && <Running one={one} />}
          {one.notes.map((note) => (
            <Alert key={`${note.at}${note.code}`} type="info" title={`${note.at} ${note.message.split(" / ")[0]}`} />
          ))}
          <Segmented
            aria-label="结果"
            options={filters}
            value={outcome ?? ""}
            onChange={(value) => setParams(value ? { outcome: String(value) } : {})}
          />
        </Space>
        <RowsTable id={id} rows={rows} open={one.state === "PLANNED" || one.state === "APPLIED"} />
        <LoadMore answer={answer} shown={rows.length} unit="行" />
      </Card>
    </>
  );
}
