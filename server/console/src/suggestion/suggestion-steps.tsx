// What became of one suggestion, oldest first, and the county's answer.
import { Button, Form, Input, Skeleton, Timeline } from "antd";
import { useState } from "react";
import type { StepEntry } from "../api/plaques";
import { useSuggestion } from "../api/suggestions";
import { useWrite } from "../api/write";
import { FormDialog } from "../shell/form-dialog";
import { SmallFailure } from "../shell/small-failure";
import { word } from "../words/codes";
import { SUGGESTION_STATE } from "../words/suggestions";
import { time } from "../words/time";

export function SuggestionSteps({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  const answer = useSuggestion(id);
  if (answer.isError) return <SmallFailure what="办理记录" error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton active title={false} />;
  const { steps, may_answer, row } = answer.data;
  return (
    <div data-testid="suggestion-steps">
      {steps.length > 0 && (
        <Timeline items={steps.map((entry) => ({ key: entry.id, content: <Step entry={entry} /> }))} />
      )}
      {steps.length === 0 && !may_answer && <p className="quiet">等待县局答复</p>}
      {may_answer && (
        <Button type={row.state === "SUBMITTED" ? "primary" : "default"} onClick={() => setOpen(true)}>
          {row.state === "SUBMITTED" ? "答复" : "再次答复"}
        </Button>
      )}
      <AnswerDialog id={id} open={open} close={() => setOpen(false)} />
    </div>
  );
}

function Step({ entry }: { entry: StepEntry }) {
  const fields = entry.fields as Record<string, unknown>;
  const words = [fields.answer, fields.note].filter((one) => typeof one === "string");
  return (
    <article className={entry.void ? "entry voided" : "entry"}>
      <header>
        <time>{time(entry.at_ms)}</time>
        <b>{word(SUGGESTION_STATE, String(fields.step))}</b>
        {typeof fields.satisfied === "boolean" && <span>{fields.satisfied ? "满意" : "不满意"}</span>}
        {entry.by && <span className="quiet">{entry.by}</span>}
      </header>
      {words.length > 0 && <p className="entry-note">{words.join("；")}</p>}
      {entry.held && entry.zh && <p className="bad">{entry.zh}</p>}
    </article>
  );
}

function AnswerDialog({ id, open, close }: { id: string; open: boolean; close: () => void }) {
  const [form] = Form.useForm<{ answer: string }>();
  const write = useWrite(close);
  const send = ({ answer }: { answer: string }) => {
    const fields = { suggestion: id, step: "ANSWERED", at: Date.now(), answer: answer.trim() };
    write.mutate({ kind: "suggestion_step", act: { act: "record", fields } });
  };
  return (
    <FormDialog<{ answer: string }>
      title="答复投诉建议"
      note="提交人下次同步后看到答复，并可以评价是否满意；匿名的也能看到。"
      ok="答复"
      open={open}
      close={close}
      form={form}
      write={write}
      send={send}
    >
      <Form.Item name="answer" label="答复" rules={[{ required: true, whitespace: true, message: "请写明答复" }]}>
        <Input.TextArea rows={4} maxLength={2000} showCount />
      </Form.Item>
    </FormDialog>
  );
}
