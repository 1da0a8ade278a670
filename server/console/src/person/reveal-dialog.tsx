// Asks why somebody wants to see a protected value in full. Usual reasons are one click; the server logs what is given.
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Modal, Space } from "antd";
import { api, body } from "../api/client";
import { asProblem } from "../api/problem";

const ASKED = {
  id_number: { title: "查看完整证件号码", usual: ["核对身份", "办理优待证", "核对优抚待遇", "更正登记信息"] },
  phones: { title: "查看完整电话号码", usual: ["约走访时间", "电话走访", "核对号码"] },
};

interface Props {
  person: string;
  field: keyof typeof ASKED;
  open: boolean;
  close: () => void;
  revealed: (number: string) => void;
}

export function RevealDialog({ person, field, open, close, revealed }: Props) {
  const [form] = Form.useForm<{ reason: string }>();
  const reveal = useMutation({
    mutationFn: (reason: string) =>
      body(api.POST("/api/v1/people/{id}/reveal", { params: { path: { id: person } }, body: { reason, field } })),
    // Not kept: the number lives only where it is shown.
    gcTime: 0,
    onSuccess: ({ value }) => {
      revealed(field === "phones" ? numbers(value) : value);
      close();
    },
  });
  return (
    <Modal
      title={ASKED[field].title}
      open={open}
      okText="查看"
      cancelText="取消"
      confirmLoading={reveal.isPending}
      onOk={form.submit}
      onCancel={close}
      afterClose={reveal.reset}
      destroyOnHidden
    >
      <p className="reveal-note">查看人、时间和事由会记入审计日志。</p>
      {reveal.isError && <Alert type="error" showIcon title={asProblem(reveal.error).title} />}
      <Form
        form={form}
        layout="vertical"
        preserve={false}
        clearOnDestroy
        requiredMark={false}
        onFinish={({ reason }) => reveal.mutate(reason.trim())}
      >
        <Form.Item
          name="reason"
          label="查看事由"
          rules={[{ required: true, whitespace: true, message: "请写明查看事由" }]}
        >
          <Input maxLength={100} autoFocus onPressEnter={form.submit} />
        </Form.Item>
      </Form>
      <Space wrap>
        {ASKED[field].usual.map((reason) => (
          <Button key={reason} size="small" onClick={() => form.setFieldsValue({ reason })}>
            {reason}
          </Button>
        ))}
      </Space>
    </Modal>
  );
}

/** Telephone numbers as one reads them: each stands alone, or with whose it is. */
function numbers(value: string): string {
  const list = JSON.parse(value) as (string | { number: string; owner?: string })[];
  const one = (phone: (typeof list)[number]) =>
    typeof phone === "string" ? phone : phone.owner ? `${phone.number}（${phone.owner}）` : phone.number;
  return list.map(one).join("、");
}
