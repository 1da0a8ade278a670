// 更正: what a visit says of this person, and of itself, said anew with a reason. What was said before stays in its history.
import { Form, Input } from "antd";
import type { Visit } from "../api/types";
import { useVisitAct } from "../api/visits";
import { FormDialog } from "../shell/form-dialog";
import { VisitFields } from "./visit-fields";

interface Answer {
  method: string;
  result: string;
  work_types: string[];
  situation?: string;
  reason: string;
}

export function CorrectVisit({ visit, open, close }: { visit: Visit; open: boolean; close: () => void }) {
  const [form] = Form.useForm<Answer>();
  const write = useVisitAct(visit, close);
  const others = visit.people - 1;
  const { method, result, work_types, note } = visit;
  return (
    <FormDialog<Answer>
      title="更正走访"
      note={
        others > 0
          ? `走访结果只改这一个人的，同一次走访里另外 ${others} 人的不变；方式、工作和情况是整次走访的。`
          : "原来的内容留在改动历史里。"
      }
      ok="更正"
      width={560}
      open={open}
      close={close}
      form={form}
      first={{ method, result, work_types, ...(note && { situation: note }) }}
      write={write}
      send={({ situation = "", reason, ...said }) =>
        write.mutate({ act: "correct", person: visit.person, ...said, situation, reason: reason.trim() })
      }
    >
      <VisitFields said={work_types} />
      <Form.Item
        name="reason"
        label="更正原因"
        rules={[{ required: true, whitespace: true, message: "请写明更正原因" }]}
      >
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} />
      </Form.Item>
    </FormDialog>
  );
}
