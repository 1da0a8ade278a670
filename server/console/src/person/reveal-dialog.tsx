// Asks why somebody wants to see a protected value in full. Usual reasons are one click; the server logs what is given.
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, Space } from "antd";
import { api, body } from "../api/client";
import { FormDialog } from "../shell/form-dialog";

const ASKED = {
  id_number: { title: "查看完整证件号码", usual: ["核对身份", "办理优待证", "核对优抚待遇", "更正登记信息"] },
  birth: { title: "查看完整出生日期", usual: ["核对身份", "核对年龄", "更正登记信息"] },
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
    <FormDialog<{ reason: string }>
      title={ASKED[field].title}
      note="查看人、时间和事由会记入审计日志。"
      ok="查看"
      open={open}
      close={close}
      form={form}
      write={reveal}
      send={({ reason }) => reveal.mutate(reason.trim())}
    >
      <Form.Item
        name="reason"
        label="查看事由"
        rules={[{ required: true, whitespace: true, message: "请写明查看事由" }]}
      >
        <Input maxLength={100} autoFocus onPressEnter={form.submit} />
      </Form.Item>
      <Space wrap>
        {ASKED[field].usual.map((reason) => (
          <Button key={reason} size="small" onClick={() => form.setFieldsValue({ reason })}>
            {reason}
          </Button>
        ))}
      </Space>
    </FormDialog>
  );
}

/** Telephone numbers as one reads them: each stands alone, or with whose it is. */
function numbers(value: string): string {
  const list = JSON.parse(value) as (string | { number: string; owner?: string })[];
  const one = (phone: (typeof list)[number]) =>
    typeof phone === "string" ? phone : phone.owner ? `${phone.number}（${phone.owner}）` : phone.number;
  return list.map(one).join("、");
}
