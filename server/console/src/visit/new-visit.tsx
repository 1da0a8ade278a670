// 补录走访: a visit told on paper or by telephone, entered at the desk for one person. When it happened and by whom is asked;
// a photo is not.
import { DatePicker, Form, Input, Space } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { Person } from "../api/types";
import { useWrite } from "../api/write";
import { FormDialog } from "../shell/form-dialog";
import { VisitFields } from "./visit-fields";

interface Answer {
  at: Dayjs;
  visitors: string;
  told: string;
  method: string;
  result: string;
  work_types: string[];
  situation?: string;
}

function fieldsOf(person: Person, { at, visitors, told, method, result, work_types, situation }: Answer) {
  const names = visitors.split(/[、，,\s]+/).filter(Boolean);
  return {
    at: at.valueOf(),
    method,
    work_types,
    entries: [{ person: person.id, result }],
    visitors: names.map((name) => ({ name })),
    entered_by: told.trim(),
    ...(person.household && { household: person.household.id }),
    ...(situation?.trim() && { situation: situation.trim() }),
  };
}

export function NewVisit({ person, open, close }: { person: Person; open: boolean; close: () => void }) {
  const [form] = Form.useForm<Answer>();
  const write = useWrite(close);
  return (
    <FormDialog<Answer>
      title={`补录走访：${person.name}`}
      note="把纸质记录或电话里说的走访补进来；时间写走访当时的时间，超过一天才补的会标为补录。"
      ok="补录"
      width={560}
      open={open}
      close={close}
      form={form}
      first={{ method: "HOME", result: "MET", work_types: ["ROUND"], at: dayjs() }}
      write={write}
      send={(answer) => write.mutate({ kind: "contact", act: { act: "record", fields: fieldsOf(person, answer) } })}
    >
      <Space wrap size={[16, 0]}>
        <Form.Item name="at" label="走访时间" rules={[{ required: true, message: "请填写走访时间" }]}>
          <DatePicker
            showTime={{ format: "HH:mm" }}
            format="YYYY-MM-DD HH:mm"
            disabledDate={(day) => day.isAfter(dayjs())}
            style={{ width: 190 }}
          />
        </Form.Item>
        <Form.Item
          name="visitors"
          label="走访人"
          rules={[{ required: true, whitespace: true, message: "请填写走访人" }]}
        >
          <Input maxLength={100} placeholder="多人用顿号分开" style={{ width: 190 }} />
        </Form.Item>
      </Space>
      <VisitFields />
      <Form.Item
        name="told"
        label="依据"
        rules={[{ required: true, whitespace: true, message: "请写明依据，如 走访登记表第3页" }]}
      >
        <Input maxLength={100} placeholder="走访登记表第3页、村里电话报告…" />
      </Form.Item>
    </FormDialog>
  );
}
