// What may be done next with a letter, as far as the desk does it; delivering is done at a door. Which steps are possible is
// the server's answer.
import { Button, Space } from "antd";
import type { LetterRow } from "../api/plaques";
import type { Question } from "../queue/settle-dialog";

interface Step {
  step: string;
  label: string;
  note: string;
  asked: string;
  /** The field that the answer fills. */
  field: string;
}

const STEPS: readonly Step[] = [
  {
    step: "REGISTERED",
    label: "登记",
    note: "登记后由村（社区）核实家庭住址。",
    asked: "登记说明",
    field: "note",
  },
  {
    step: "VERIFIED",
    label: "核实",
    note: "住址和家属已经核实，可以送达。",
    asked: "怎么核实的",
    field: "note",
  },
  {
    step: "FED_BACK",
    label: "反馈部队",
    note: "送达情况已经反馈给部队或人武部。",
    asked: "反馈情况",
    field: "note",
  },
  {
    step: "UNDELIVERABLE",
    label: "无法送达",
    note: "找到人以后仍可核实、送达。",
    asked: "原因",
    field: "reason",
  },
];

export function LetterSteps({ row, ask }: { row: LetterRow; ask: (question: Question) => void }) {
  const question = ({ step, label, note, asked, field }: Step, at = Date.now()): Question => ({
    title: `${label}：${row.soldier}`,
    note,
    ok: label,
    danger: step === "UNDELIVERABLE",
    label: asked,
    write: (words) => ({
      kind: "letter_step",
      act: { act: "record", fields: { letter: row.id, step, at, [field]: words } },
    }),
  });
  const transfer = (at = Date.now()): Question => ({
    title: `转递：${row.soldier}`,
    note: "家庭不在本县的，转到现居住地的退役军人事务局。转出后本县不再送达。",
    ok: "转递",
    danger: true,
    label: "转到哪里、为什么",
    write: (words) => ({
      kind: "letter_step",
      act: {
        act: "record",
        fields: { letter: row.id, step: "TRANSFERRED", at, reason: words, to_county: words },
      },
    }),
  });
  return (
    <Space wrap>
      {STEPS.filter((one) => row.may.includes(one.step)).map((one) => (
        <Button key={one.step} danger={one.step === "UNDELIVERABLE"} onClick={() => ask(question(one))}>
          {one.label}
        </Button>
      ))}
      {row.may.includes("TRANSFERRED") && <Button onClick={() => ask(transfer())}>转递外地</Button>}
    </Space>
  );
}
