// 登记单位 and its correction. A garrison has the bureau's alias alone; a designation is refused with the server's words.
import { Form, Input, Select, Space } from "antd";
import type { Unit } from "../api/register";
import { useWrite } from "../api/write";
import { FormDialog } from "../shell/form-dialog";
import { VillageField } from "../shell/village-field";
import { UNIT_KIND } from "../words/codes";

interface Answer {
  unit_kind: string;
  name: string;
  division: string;
  contact_name?: string;
  /** A number that comes. */
  phone?: string;
  /** Numbers that go, as they are shown. */
  gone?: string[];
  hiring?: string;
}

type Fields = Record<string, unknown>;

const TEXTS = ["unit_kind", "name", "division", "contact_name", "hiring"] as const;
const needed = (message: string) => [{ required: true, whitespace: true, message }];

/** Fields that differ; a telephone number comes or goes by itself, for the others are masked here. */
function changed(before: Fields, answer: Answer): Fields {
  const now = (name: (typeof TEXTS)[number]) => answer[name]?.trim() || null;
  const set: Fields = {};
  for (const name of TEXTS) if (now(name) !== (before[name] ?? null)) set[name] = now(name);
  const come = answer.phone?.trim();
  const gone = answer.gone ?? [];
  if (come || gone.length > 0) {
    set.contact_phone = { ...(come && { $add: [come] }), ...(gone.length > 0 && { $remove: gone }) };
  }
  return set;
}

function fieldsOf(answer: Answer): Fields {
  const { contact_phone: _, ...set } = changed({}, answer);
  const told = Object.entries(set).filter(([, value]) => value !== null);
  const phone = answer.phone?.trim();
  return { ...Object.fromEntries(told), ...(phone && { contact_phone: [phone] }) };
}

interface Props {
  open: boolean;
  /** The one that is corrected; none: a new one. */
  view?: Unit;
  done: (id: string) => void;
  close: () => void;
}

export function UnitForm({ open, view, done, close }: Props) {
  const [form] = Form.useForm<Answer>();
  const write = useWrite((written) => {
    close();
    if (written) done(written.target);
  });
  const save = (answer: Answer) => {
    if (!view) return write.mutate({ kind: "unit", act: { act: "record", fields: fieldsOf(answer) } });
    const set = changed(view.fields as Fields, answer);
    if (Object.keys(set).length === 0) return close();
    write.mutate({ kind: "unit", target: view.row.id, base: view.revision, act: { act: "change", set } });
  };
  const phones = view?.row.contact_phone ?? [];
  return (
    <FormDialog<Answer>
      title={view ? "更正单位" : "登记单位"}
      note="驻军只写本局的代称（如 驻军一），不写番号。"
      ok={view ? "更正" : "登记"}
      width={560}
      open={open}
      close={close}
      form={form}
      first={view ? (view.fields as Partial<Answer>) : { unit_kind: "EMPLOYER" }}
      write={write}
      send={save}
    >
      <Space wrap size={[16, 0]}>
        <Form.Item name="name" label="名称" rules={needed("请填写名称")}>
          <Input maxLength={80} autoFocus style={{ width: 280 }} />
        </Form.Item>
        <Form.Item name="unit_kind" label="类别" rules={needed("请选择类别")}>
          <Select
            options={Object.entries(UNIT_KIND).map(([value, label]) => ({ value, label }))}
            style={{ width: 190 }}
          />
        </Form.Item>
      </Space>
      <VillageField name="division" label="所在区划" needed="请选择所在区划" villages={false} />
      <Space wrap size={[16, 0]}>
        <Form.Item name="contact_name" label="联系人">
          <Input maxLength={40} style={{ width: 190 }} />
        </Form.Item>
        <Form.Item name="phone" label={phones.length > 0 ? "增加联系电话" : "联系电话"}>
          <Input maxLength={20} style={{ width: 190 }} />
        </Form.Item>
        {phones.length > 0 && (
          <Form.Item name="gone" label="去掉不用的电话">
            <Select mode="multiple" options={phones.map((value) => ({ value }))} style={{ width: 190 }} />
          </Form.Item>
        )}
      </Space>
      <Form.Item name="hiring" label="用人需求">
        <Input.TextArea maxLength={400} autoSize={{ minRows: 2 }} />
      </Form.Item>
    </FormDialog>
  );
}
