// What may be done next with a need. Which steps are possible is the server's answer; a need entered in error is taken out with
// the reason.
import { Button, Form, Space } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { type Need, useNeedStep } from "../api/needs";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { useMay } from "../session/use-session";
import { FormDialog } from "../shell/form-dialog";
import { word } from "../words/codes";
import { NEED_ACT } from "../words/needs";
import { actOf, type StepAnswer, StepFields } from "./step-fields";

const NOTE: Readonly<Record<string, string>> = {
  REGISTERED: "承办单位从此能看到这件诉求并办理，不论当事人住在哪里。",
  REFERRED: "转给本县的乡镇、村（社区）的，对方从此能看到并办理；转往其他单位的，仍由本单位跟进。",
  RESOLVED: "办结后不再列入待办；本人不满意的，可以重新办理。",
};

const removal = ({ row, revision }: Need): Question => ({
  title: `作废：${row.called}的诉求`,
  note: "登记错了的诉求不再列出，也不计入任何数字；记录和原因都保留。",
  ok: "作废",
  danger: true,
  label: "作废原因",
  write: (removed) => ({ kind: "need", target: row.id, base: revision, act: { act: "change", set: { removed } } }),
});

/** What was answered is handled once more. */
const called = (need: Need, step: string) =>
  step === "HANDLING" && !need.row.open ? "重新办理" : word(NEED_ACT, step);

export function NeedActs({ need }: { need: Need }) {
  const reviews = useMay("REVIEW");
  const [step, take] = useState<string>();
  const [question, ask] = useState<Question>();
  const removed = (need.fields as Record<string, unknown>).removed != null;
  return (
    <Space wrap data-testid="need-acts">
      {need.row.may.map((one, at) => (
        <Button key={one} type={at === 0 ? "primary" : "default"} onClick={() => take(one)}>
          {called(need, one)}
        </Button>
      ))}
      {reviews && !removed && (
        <Button danger onClick={() => ask(removal(need))}>
          登记错了，作废
        </Button>
      )}
      <StepDialog need={need} step={step} close={() => take(undefined)} />
      <SettleDialog question={question} close={() => ask(undefined)} />
    </Space>
  );
}

function StepDialog({ need, step, close }: { need: Need; step: string | undefined; close: () => void }) {
  const [form] = Form.useForm<StepAnswer>();
  const write = useNeedStep(need, close);
  const { row } = need;
  const first: StepAnswer = {
    owner: row.owner?.id,
    urgency: row.urgency,
    due_on: row.due_on ? dayjs(row.due_on) : null,
  };
  return (
    <FormDialog<StepAnswer>
      title={step && `${called(need, step)}：${row.called}`}
      note={step && NOTE[step]}
      ok={step && called(need, step)}
      open={step !== undefined}
      close={close}
      form={form}
      first={step === "REGISTERED" ? first : { due_on: first.due_on }}
      write={write}
      send={(answer) => step && write.mutate(actOf(row, step, answer))}
    >
      {step && <StepFields step={step} row={row} />}
    </FormDialog>
  );
}
