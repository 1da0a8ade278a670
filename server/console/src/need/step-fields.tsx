// What each step of a need asks: who handles it and until when, what was answered, what the family says of the answer.
import { Form, Input, Radio, Select, Space } from "antd";
import type { Dayjs } from "dayjs";
import type { NeedAct, NeedRow } from "../api/needs";
import { DayField } from "../shell/day-field";
import { VillageField } from "../shell/village-field";
import { URGENCY } from "../words/needs";

export interface StepAnswer {
  owner?: string | undefined;
  to?: string;
  due_on?: Dayjs | null | undefined;
  urgency?: string;
  answer?: string;
  satisfied?: boolean;
}

const CLOSING: readonly string[] = ["RESOLVED", "ANSWERED_ON_SPOT"];

/** The act that an answer makes; a day and an urgency that stand already are not set again. */
export function actOf(
  row: NeedRow,
  step: string,
  { owner, to, due_on, urgency, answer, satisfied }: StepAnswer,
): NeedAct {
  const day = due_on?.format("YYYY-MM-DD");
  return {
    step,
    owner: owner ?? null,
    to: to?.trim() || null,
    due_on: day && day !== row.due_on ? day : null,
    urgency: urgency && urgency !== row.urgency ? urgency : null,
    answer: answer?.trim() || null,
    satisfied: satisfied ?? null,
  };
}

export function StepFields({ step, row }: { step: string; row: NeedRow }) {
  if (step === "REGISTERED") return <Assigned row={row} />;
  if (step === "REFERRED") return <Elsewhere row={row} />;
  if (CLOSING.includes(step)) return <Words label="办理情况" needed="请写明办理情况" />;
  if (step === "REVISITED") return <Content />;
  return <Words label="办理情况（可不填）" />;
}

function Assigned({ row }: { row: NeedRow }) {
  return (
    <>
      <VillageField name="owner" label="承办单位" needed="请选择承办单位" villages={false} />
      <Space wrap size={[16, 0]}>
        <DayField name="due_on" label="办理期限" ahead clear={!row.due_on} />
        <Form.Item name="urgency" label="紧急程度">
          <Select
            options={Object.entries(URGENCY).map(([value, label]) => ({ value, label }))}
            style={{ width: 190 }}
          />
        </Form.Item>
      </Space>
      <Words label="交办意见（可不填）" />
    </>
  );
}

/** A division sees the need from then on; an office that is none is only named. */
function Elsewhere({ row }: { row: NeedRow }) {
  return (
    <>
      <VillageField name="owner" label="转给哪个乡镇、村（社区）" villages={false} />
      <Form.Item
        name="to"
        label="或转往的其他单位"
        dependencies={["owner"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, to?: string) =>
              to?.trim() || getFieldValue("owner")
                ? Promise.resolve()
                : Promise.reject(new Error("请选择或写明转给谁")),
          }),
        ]}
      >
        <Input maxLength={80} placeholder="如 县医保局" />
      </Form.Item>
      <DayField name="due_on" label="办理期限" ahead clear={!row.due_on} />
      <Words label="转办意见（可不填）" />
    </>
  );
}

function Content() {
  return (
    <>
      <Form.Item name="satisfied" label="是否满意" rules={[{ required: true, message: "请选择是否满意" }]}>
        <Radio.Group
          options={[
            { value: true, label: "满意" },
            { value: false, label: "不满意" },
          ]}
        />
      </Form.Item>
      <Words label="回访情况（可不填）" />
    </>
  );
}

function Words({ label, needed }: { label: string; needed?: string }) {
  return (
    <Form.Item
      name="answer"
      label={label}
      rules={needed ? [{ required: true, whitespace: true, message: needed }] : []}
    >
      <Input.TextArea maxLength={400} autoSize={{ minRows: 2 }} />
    </Form.Item>
  );
}
