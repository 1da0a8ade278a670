// Asks how something was found out before it is settled. The answer stays with the record.
import { Form, Input, Select } from "antd";
import { useWrite, type Wish } from "../api/write";
import { FormDialog } from "../shell/form-dialog";

/** A question that a reviewer is about to answer. */
export interface Question {
  title: string;
  /** What will happen, in a sentence. */
  note: string;
  ok: string;
  danger?: boolean;
  /** What is asked for; else how it was found out. Null: nothing is asked. */
  label?: string | null;
  /** What is chosen beside, by its code. */
  choice?: { label: string; options: { value: string; label: string }[] };
  /** Gives the same for the same reason, however often it is pressed: an answer sent twice is written once. */
  write: (reason: string, chosen: string) => Wish;
}

interface Answer {
  reason?: string;
  chosen?: string;
}

export function SettleDialog({ question, close }: { question: Question | undefined; close: () => void }) {
  const [form] = Form.useForm<Answer>();
  const write = useWrite(close);
  const label = question?.label === undefined ? "怎么核实的" : question.label;
  return (
    <FormDialog<Answer>
      title={question?.title}
      note={question?.note}
      ok={question?.ok}
      danger={question?.danger === true}
      open={question !== undefined}
      close={close}
      form={form}
      write={write}
      send={({ reason = "", chosen = "" }) => question && write.mutate(question.write(reason.trim(), chosen))}
    >
      {question?.choice && (
        <Form.Item
          name="chosen"
          label={question.choice.label}
          rules={[{ required: true, message: `请选择${question.choice.label}` }]}
        >
          <Select options={question.choice.options} />
        </Form.Item>
      )}
      {label !== null && (
        <Form.Item
          name="reason"
          label={label}
          rules={[{ required: true, whitespace: true, message: `请写明${label}` }]}
        >
          <Input.TextArea maxLength={200} autoFocus autoSize={{ minRows: 2 }} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
