// 登记荣誉主体 and its correction: whose service the family's plaque and letters rest on. A discharge opens the person who comes
// home, as a draft; that is the server's doing.
import { Form, Input, Select, Space } from "antd";
import type { BasisPerson } from "../api/register";
import { useWrite } from "../api/write";
import { DayField } from "../shell/day-field";
import { FormDialog } from "../shell/form-dialog";
import { BASIS } from "../words/codes";
import { type Answer, answerOf, changed, fieldsOf } from "./basis-answer";
import { FamilyFields, type Member } from "./family-fields";
import { HomeField } from "./home-field";

interface Props {
  open: boolean;
  /** The one that is corrected; none: a new one. */
  view?: BasisPerson;
  /** The household of a new one, with who belongs to it; none: it is asked for. */
  home?: { id: string; members: readonly Member[] };
  done: (id: string) => void;
  close: () => void;
}

const needed = (message: string) => [{ required: true, whitespace: true, message }];
const MONTH = { pattern: /^\d{4}(-\d{2}(-\d{2})?)?$/, message: "写成 2023-09" };
const FALLEN = ["MARTYR", "ON_DUTY", "ILLNESS"];

export function BasisForm({ open, view, home, done, close }: Props) {
  const [form] = Form.useForm<Answer>();
  const basis = Form.useWatch("basis", form);
  const write = useWrite((written) => {
    close();
    if (written) done(written.target);
  });
  const save = (answer: Answer) => {
    const told = home ? { ...answer, household: home.id } : answer;
    if (!view) return write.mutate({ kind: "basis_person", act: { act: "record", fields: fieldsOf(told) } });
    const set = changed(view, { ...told, household: (view.fields as Partial<Answer>).household });
    if (Object.keys(set).length === 0) return close();
    write.mutate({ kind: "basis_person", target: view.row.id, base: view.revision, act: { act: "change", set } });
  };
  // What may follow what is the server's word.
  const codes = view ? [view.row.basis, ...view.next] : Object.keys(BASIS);
  const members =
    home?.members ?? view?.row.relations.map(({ person }) => ({ id: person.id, name: person.name ?? "家属" }));
  return (
    <FormDialog<Answer>
      title={view ? "更正荣誉主体" : "登记荣誉主体"}
      note="光荣牌和喜报所依据的军人或烈士本人：不是服务对象，不计入走访人数。不填部队番号。"
      ok={view ? "更正" : "登记"}
      width={680}
      open={open}
      close={close}
      form={form}
      first={view ? answerOf(view) : { basis: "SERVING" }}
      write={write}
      send={save}
    >
      <Space wrap size={[16, 0]}>
        <Form.Item name="name" label="姓名" rules={needed("请填写姓名")}>
          <Input maxLength={40} autoFocus style={{ width: 190 }} />
        </Form.Item>
        <Form.Item name="basis" label="类别" rules={needed("请选择类别")}>
          <Select options={codes.map((value) => ({ value, label: BASIS[value] ?? value }))} style={{ width: 190 }} />
        </Form.Item>
        <Form.Item name="enlisted" label="入伍时间" rules={[MONTH]}>
          <Input maxLength={10} placeholder="2023-09" style={{ width: 190 }} />
        </Form.Item>
        {basis === "VETERAN" && (
          <Form.Item
            name="discharged"
            label="退役时间"
            rules={[MONTH, ...(view?.row.basis === "SERVING" ? needed("请填写退役时间") : [])]}
          >
            <Input maxLength={10} placeholder="2026-03" style={{ width: 190 }} />
          </Form.Item>
        )}
        {basis && FALLEN.includes(basis) && (
          <Form.Item name="certificate_no" label="证书编号">
            <Input maxLength={80} style={{ width: 190 }} />
          </Form.Item>
        )}
        {basis !== "SERVING" && <DayField name="died_on" label="去世日期" />}
      </Space>
      <FamilyFields known={members ?? []} home={home !== undefined || view !== undefined} />
      {basis === "SERVING" && (
        <>
          <HomeField
            name="parents_household"
            label="父母另户居住的，父母的户"
            called={view?.row.parents_household?.name ?? undefined}
          />
          <HomeField
            name="plaque_at"
            label="父母离异的，本人选定悬挂的户"
            called={view?.row.plaque_at?.name ?? undefined}
          />
        </>
      )}
    </FormDialog>
  );
}
