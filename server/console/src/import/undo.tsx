// Taking an import back: all of it, or where work rests on some of its rows, the rest; what stays is told and can be looked at.
import { Alert, Button, Popconfirm, Space } from "antd";
import { useSearchParams } from "react-router";
import { type Import, runs, useUndo } from "../api/imports";
import { asProblem } from "../api/problem";
import type { components } from "../api/schema";
import { word } from "../words/codes";
import { RESTS } from "../words/imports";
import { count } from "../words/number";

type Dependent = components["schemas"]["Dependent"];

/** When there is something to take back, or something to say of it. */
const TAKEN_BACK: readonly string[] = ["APPLIED", "UNDOING", "UNDONE"];

/** At most so many are listed by the server. */
const LISTED = 200;

/** What rests on it, by kind. */
function restsOn(found: readonly Dependent[]): string {
  const kinds = [...new Set(found.map(({ why }) => why))];
  return kinds
    .map((kind) => `${word(RESTS, kind)} ${count(found.filter(({ why }) => why === kind).length)}`)
    .join("、");
}

export function Undo({ one }: { one: Import }) {
  const undo = useUndo(one.id);
  const [, setParams] = useSearchParams();
  const rest = () => undo.mutate(true, { onSuccess: ({ begun }) => begun && setParams({ outcome: "changed" }) });
  const found = undo.data && !undo.data.begun ? undo.data.dependents : undefined;
  if (!TAKEN_BACK.includes(one.state)) return null;
  return (
    <Space orientation="vertical" size={8} style={{ width: "100%" }}>
      {one.state === "APPLIED" && (
        <Popconfirm
          title="撤销这次导入？"
          description={
            one.ledger === "staff" ? "新建的账号停用，改动恢复原值。" : "新增的人员移出名册，记录作废，改动恢复原值。"
          }
          okText="撤销"
          cancelText="不撤销"
          onConfirm={() => undo.mutate(false)}
        >
          <Button danger loading={undo.isPending}>
            撤销这次导入
          </Button>
        </Popconfirm>
      )}
      {one.state === "UNDOING" && !runs(one) && (
        <Button danger loading={undo.isPending} onClick={() => undo.mutate(true)}>
          继续撤销
        </Button>
      )}
      {undo.error && <Alert type="error" showIcon title={asProblem(undo.error).title} />}
      {found && (
        <Alert
          type="warning"
          showIcon
          title={`不能撤销：已有${found.length < LISTED ? "" : "至少"} ${count(found.length)} 项工作建立在它之上`}
          description={restsOn(found)}
          action={
            <Popconfirm
              title="保留这些行，撤销其余？"
              description="有工作建立在它之上的行原样保留，并逐行标明；其余的行照常撤销。"
              okText="撤销其余的行"
              cancelText="不撤销"
              onConfirm={rest}
            >
              <Button danger loading={undo.isPending}>
                撤销其余
              </Button>
            </Popconfirm>
          }
        />
      )}
      {one.state === "UNDONE" && one.changed_since > 0 && (
        <Alert
          type="info"
          showIcon
          title={`${count(one.changed_since)} 行没有全部撤销：有工作建立在它之上，或后来有人改过`}
          action={<Button onClick={() => setParams({ outcome: "changed" })}>查看这些行</Button>}
        />
      )}
    </Space>
  );
}
