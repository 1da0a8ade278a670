// 新增诉求: what somebody asks for at the counter or by telephone, entered at the desk from their page.
import { Form, Input, Select, Space } from "antd";
import type { Person } from "../api/types";
import { useWrite } from "../api/write";
import { FormDialog } from "../shell/form-dialog";
import { NEED_TYPE, URGENCY } from "../words/needs";
import type { Table } from "../words/table";

interface Answer {
  need_type: string;
  urgency: string;
  asked: string;
}

const options = (words: Table) => Object.entries(words).map(([value, label]) => ({ value, label }));

interface Props {
  person: Person;
  /** When it was begun, not when it is sent: pressed twice it is one need. None: it is closed. */
  at: number | undefined;
  close: () => void;
}

export function NewNeed({ person, at, close }: Props) {
  const [form] = Form.useForm<Answer>();
  const write = useWrite(close);
  const save = ({ need_type, urgency, asked }: Answer) =>
    write.mutate({
      kind: "need",
      act: {
        act: "record",
        fields: { person: person.id, called: person.name, need_type, urgency, asked: asked.trim(), at },
      },
    });
  return (
    <FormDialog<Answer>
      title={`新增诉求：${person.name}`}
      note="入户时听到的在手机上随走访一起记；这里补来访、来电提出的。登记交办在诉求页面办理。"
      ok="新增"
      open={at !== undefined}
      close={close}
      form={form}
      first={{ urgency: "BLUE" }}
      write={write}
      send={save}
    >
      <Form.Item
        name="asked"
        label="诉求内容"
        rules={[{ required: true, whitespace: true, message: "请写明诉求内容" }]}
      >
        <Input.TextArea maxLength={400} autoFocus autoSize={{ minRows: 2 }} />
      </Form.Item>
      <Space wrap size={[16, 0]}>
        <Form.Item name="need_type" label="诉求类型" rules={[{ required: true, message: "请选择诉求类型" }]}>
          <Select options={options(NEED_TYPE)} style={{ width: 190 }} />
        </Form.Item>
        <Form.Item name="urgency" label="紧急程度" rules={[{ required: true, message: "请选择紧急程度" }]}>
          <Select options={options(URGENCY)} style={{ width: 190 }} />
        </Form.Item>
      </Space>
    </FormDialog>
  );
}
