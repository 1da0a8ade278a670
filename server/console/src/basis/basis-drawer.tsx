// One basis person: family, plaque's home, dates; correcting it, taking it out as entered in error, and back.
import { Alert, Button, Descriptions, Drawer, Skeleton, Space, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { type BasisPerson, useBasisPerson } from "../api/register";
import type { Named } from "../api/types";
import { WaitingCard } from "../person/waiting-card";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { FieldHistory } from "../record/field-history";
import { useMay } from "../session/use-session";
import { Failure } from "../shell/failure";
import { useParam } from "../shell/use-param";
import { BASIS, word } from "../words/codes";
import { BasisForm } from "./basis-form";

const change = (view: BasisPerson, removed: string | null) => ({
  kind: "basis_person",
  target: view.row.id,
  base: view.revision,
  act: { act: "change", set: { removed } },
});

const remove = (view: BasisPerson): Question => ({
  title: `作废：${view.row.name}`,
  note: "登记错了的荣誉主体不再列出，也不再是悬挂光荣牌的依据；记录和原因都保留，可以恢复。",
  ok: "作废",
  danger: true,
  label: "作废原因",
  write: (reason) => change(view, reason),
});

const restore = (view: BasisPerson): Question => ({
  title: `恢复：${view.row.name}`,
  note: "重新列出，重新作为悬挂光荣牌的依据。",
  ok: "恢复",
  label: null,
  write: () => change(view, null),
});

export function BasisDrawer() {
  const [id, show] = useParam("basis");
  const answer = useBasisPerson(id);
  const view = answer.data;
  const records = useMay("RECORD");
  const [editing, edit] = useState(false);
  const [question, ask] = useState<Question>();
  return (
    <Drawer
      title={view?.row.name ?? "荣誉主体"}
      open={id !== null}
      onClose={() => show(null)}
      size={640}
      destroyOnHidden
    >
      {answer.isError ? (
        <Failure error={answer.error} retry={() => void answer.refetch()} />
      ) : view ? (
        <div data-testid="basis-person">
          {view.row.removed && <Alert type="error" showIcon title={`已作废：${view.row.removed}`} />}
          <Said view={view} />
          <Space wrap style={{ margin: "16px 0" }}>
            {records && !view.row.removed && <Button onClick={() => edit(true)}>更正</Button>}
            {view.may_remove &&
              (view.row.removed ? (
                <Button onClick={() => ask(restore(view))}>恢复</Button>
              ) : (
                <Button danger onClick={() => ask(remove(view))}>
                  登记错了，作废
                </Button>
              ))}
            <FieldHistory kind="basis_person" id={view.row.id} />
          </Space>
          {view.waiting.length > 0 && <WaitingCard rows={view.waiting} />}
          <BasisForm open={editing} view={view} done={() => undefined} close={() => edit(false)} />
        </div>
      ) : (
        <Skeleton active />
      )}
      <SettleDialog question={question} close={() => ask(undefined)} />
    </Drawer>
  );
}

function Said({ view: { row } }: { view: BasisPerson }) {
  const items = [
    ["类别", <Tag key="basis">{word(BASIS, row.basis)}</Tag>],
    ["家庭", <Home key="home" home={row.household} />],
    ["家属", row.relations.map((one) => `${one.person.name ?? "不在您范围的人"}（${one.relation}）`).join("、") || "—"],
    ["入伍", row.enlisted ?? "—"],
    ...(row.discharged ? [["退役", row.discharged] as const] : []),
    ...(row.died_on ? [["去世", row.died_on] as const] : []),
    ...(row.certificate_no ? [["证书编号", row.certificate_no] as const] : []),
    ...(row.parents_household ? [["父母的户", <Home key="parents" home={row.parents_household} />] as const] : []),
    ...(row.plaque_at ? [["选定悬挂的户", <Home key="plaque" home={row.plaque_at} />] as const] : []),
  ] as const;
  return (
    <Descriptions size="small" column={1} items={items.map(([label, children]) => ({ key: label, label, children }))} />
  );
}

/** A household's page, where it may be seen. */
export function Home({ home }: { home: Named | null | undefined }) {
  if (!home) return "—";
  if (!home.name) return "不在您范围内的户";
  return (
    <>
      <Link to={`/households/${home.id}`}>{home.name}户</Link>
      {home.address && <span className="quiet"> {home.address}</span>}
    </>
  );
}
