// Asks how something was found out before it is settled. The answer stays with the record.
import { Alert, Form, Input, Modal, Select } from "antd";
import { asProblem } from "../api/problem";
import { useWrite, type Verdict, type Write } from "../api/write";

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
  write: (reason: string, chosen: string) => Write | Verdict;
}

export function SettleDialog({ question, close }: { question: Question | undefined; close: () => void }) {
  const [form] = Form.useForm<{ reason?: string; chosen?: string }>();
  const write = useWrite(close);
  const label = question?.label === undefined ? "怎么核实的" : question.label;
  return (
    <Modal
      title={question?.title}
      open={question !== undefined}
      okText={question?.ok}
      okButtonProps={{ danger: question?.danger === true }}
      cancelText="取消"
      confirmLoading={write.isPending}
      onOk={form.submit}
      onCancel={close}
      afterClose={write.reset}
      destroyOnHidden
    >
      <p>{question?.note}</p>
      {write.isError && <Alert type="error" showIcon title={asProblem(write.error).title} />}
      <Form
        form={form}
        layout="vertical"
        preserve={false}
        requiredMark={false}
        onFinish={({ reason = "", chosen = "" }) => question && write.mutate(question.write(reason.trim(), chosen))}
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
      </Form>
    </Modal>
  );
}
