// One unit: where it is, whom to call, whom it looks for; correcting it, taking it out and back.
import { Alert, Button, Descriptions, Drawer, Skeleton, Space, Tag } from "antd";
import { useState } from "react";
import { type Unit, useUnit } from "../api/register";
import { WaitingCard } from "../person/waiting-card";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { FieldHistory } from "../record/field-history";
import { useMay } from "../session/use-session";
import { Failure } from "../shell/failure";
import { useParam } from "../shell/use-param";
import { UNIT_KIND, word } from "../words/codes";
import { UnitForm } from "./unit-form";

const change = (view: Unit, removed: string | null) => ({
  kind: "unit",
  target: view.row.id,
  base: view.revision,
  act: { act: "change", set: { removed } },
});

const remove = (view: Unit): Question => ({
  title: `撤下：${view.row.name}`,
  note: "已经不在或登记错了的单位不再列出；走访过它的记录和原因都保留，可以恢复。",
  ok: "撤下",
  danger: true,
  label: "撤下原因",
  write: (reason) => change(view, reason),
});

const restore = (view: Unit): Question => ({
  title: `恢复：${view.row.name}`,
  note: "重新列出。",
  ok: "恢复",
  label: null,
  write: () => change(view, null),
});

export function UnitDrawer() {
  const [id, show] = useParam("unit");
  const answer = useUnit(id);
  const view = answer.data;
  const records = useMay("RECORD");
  const [editing, edit] = useState(false);
  const [question, ask] = useState<Question>();
  return (
    <Drawer title={view?.row.name ?? "单位"} open={id !== null} onClose={() => show(null)} size={640} destroyOnHidden>
      {answer.isError ? (
        <Failure error={answer.error} retry={() => void answer.refetch()} />
      ) : view ? (
        <div data-testid="unit">
          {view.row.removed && <Alert type="error" showIcon title={`已撤下：${view.row.removed}`} />}
          <Said view={view} />
          <Space wrap style={{ margin: "16px 0" }}>
            {records && !view.row.removed && <Button onClick={() => edit(true)}>更正</Button>}
            {view.may_remove &&
              (view.row.removed ? (
                <Button onClick={() => ask(restore(view))}>恢复</Button>
              ) : (
                <Button danger onClick={() => ask(remove(view))}>
                  撤下
                </Button>
              ))}
            <FieldHistory kind="unit" id={view.row.id} />
          </Space>
          {view.waiting.length > 0 && <WaitingCard rows={view.waiting} />}
          <UnitForm open={editing} view={view} done={() => undefined} close={() => edit(false)} />
        </div>
      ) : (
        <Skeleton active />
      )}
      <SettleDialog question={question} close={() => ask(undefined)} />
    </Drawer>
  );
}

function Said({ view: { row } }: { view: Unit }) {
  const items = [
    ["类别", <Tag key="kind">{word(UNIT_KIND, row.unit_kind)}</Tag>],
    ["所在区划", row.division?.name ?? "—"],
    ["联系人", row.contact_name ?? "—"],
    ["联系电话", row.contact_phone.join("、") || "—"],
    ["用人需求", row.hiring ?? "—"],
  ] as const;
  return (
    <Descriptions size="small" column={1} items={items.map(([label, children]) => ({ key: label, label, children }))} />
  );
}
