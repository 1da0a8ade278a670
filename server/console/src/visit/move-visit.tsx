// 记错了人: the visit goes to whom it was paid to, with its photos and the plaque that was hung in it; nothing is typed again.
import { Form, Input } from "antd";
import type { PersonRow, Visit } from "../api/types";
import { useVisitAct } from "../api/visits";
import { FormDialog } from "../shell/form-dialog";
import { PersonFinder } from "../shell/person-finder";

interface Answer {
  to: string;
  reason: string;
}

export function MoveVisit({ visit, open, close }: { visit: Visit; open: boolean; close: () => void }) {
  const [form] = Form.useForm<Answer>();
  const write = useVisitAct(visit, close);
  const choose = (row: PersonRow | undefined) => form.setFieldsValue({ to: row?.id ?? "" });
  return (
    <FormDialog<Answer>
      title="改到另一人"
      note="这次走访连同照片、同次悬挂的光荣牌一起改到另一人名下，不用重新填写；两人的记录都会更新。"
      ok="改到此人"
      open={open}
      close={close}
      form={form}
      write={write}
      send={({ to, reason }) => write.mutate({ act: "retarget", from: visit.person, to, reason: reason.trim() })}
    >
      <Form.Item label="实际走访的人" htmlFor="visit-to">
        <PersonFinder
          id="visit-to"
          placeholder="姓名、拼音或身份证号末几位"
          choose={choose}
          but={(row) => row.id === visit.person}
        />
      </Form.Item>
      <Form.Item name="to" rules={[{ required: true, message: "请查找并选定实际走访的人" }]}>
        <input type="hidden" />
      </Form.Item>
      <Form.Item
        name="reason"
        label="怎么发现的"
        rules={[{ required: true, whitespace: true, message: "请写明怎么发现的" }]}
      >
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} />
      </Form.Item>
    </FormDialog>
  );
}
