// One letter: what it says, who should deliver it, what is unusual, its steps; correcting it, and taking back what was
// entered in error.
import { Button, Drawer, Skeleton, Space } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { type Letter, useLetter } from "../api/plaques";
import { WaitingCard } from "../person/waiting-card";
import { type Question, SettleDialog } from "../queue/settle-dialog";
import { useMay } from "../session/use-session";
import { Failure } from "../shell/failure";
import type { Fields } from "./letter-answer";
import { LetterForm } from "./letter-form";
import { LetterHistory } from "./letter-history";
import { Said, Warned } from "./letter-said";

const removal = ({ row, revision }: Letter): Question => ({
  title: `作废：${row.soldier}的喜报`,
  note: "登记错了的喜报不再列出，也不计入任何数字；记录和原因都保留。",
  ok: "作废",
  danger: true,
  label: "作废原因",
  write: (removed) => ({ kind: "letter", target: row.id, base: revision, act: { act: "change", set: { removed } } }),
});

export function LetterDrawer() {
  const [params, setParams] = useSearchParams();
  const id = params.get("letter");
  const answer = useLetter(id);
  const letter = answer.data;
  const reviews = useMay("REVIEW");
  const [editing, edit] = useState(false);
  const [question, ask] = useState<Question>();
  const close = () =>
    setParams(
      (before) => {
        before.delete("letter");
        return before;
      },
      { replace: true },
    );
  const removed = letter && (letter.fields as Fields).removed;
  return (
    <Drawer
      title={letter ? `${letter.row.soldier}的喜报` : "喜报"}
      open={id !== null}
      onClose={close}
      size={640}
      destroyOnHidden
    >
      {answer.isError ? (
        <Failure error={answer.error} retry={() => void answer.refetch()} />
      ) : letter ? (
        <div data-testid="letter">
          <Warned letter={letter} />
          <Said letter={letter} />
          {reviews && !removed && (
            <Space style={{ margin: "16px 0" }}>
              <Button onClick={() => edit(true)}>更正</Button>
              <Button danger onClick={() => ask(removal(letter))}>
                登记错了，作废
              </Button>
            </Space>
          )}
          {letter.waiting.length > 0 && <WaitingCard rows={letter.waiting} />}
          <LetterHistory steps={letter.steps} ask={ask} />
          <LetterForm
            open={editing}
            letter={{ id: letter.row.id, revision: letter.revision, fields: letter.fields as Fields }}
            done={() => undefined}
            close={() => edit(false)}
          />
        </div>
      ) : (
        <Skeleton active />
      )}
      <SettleDialog question={question} close={() => ask(undefined)} />
    </Drawer>
  );
}
