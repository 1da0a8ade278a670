// What a reviewer may do with a visit that was recorded wrongly: correct it, move it to somebody else, take it back.
import { Button, Space } from "antd";
import { useState } from "react";
import type { Visit } from "../api/types";
import type { Question } from "../queue/settle-dialog";
import { takeBack } from "../queue/take-back";
import { METHOD, word } from "../words/codes";
import { time } from "../words/time";
import { CorrectVisit } from "./correct-visit";
import { MoveVisit } from "./move-visit";

export function VisitActs({ visit, ask }: { visit: Visit; ask: (question: Question) => void }) {
  const [open, setOpen] = useState<"correct" | "move">();
  const close = () => setOpen(undefined);
  const what = `${time(visit.at_ms)} ${word(METHOD, visit.method)}`;
  const wrong = takeBack({ kind: "contact", id: visit.id, revision: visit.revision, what });
  return (
    <Space size={0}>
      <Button size="small" type="text" onClick={() => setOpen("correct")}>
        更正
      </Button>
      <Button size="small" type="text" onClick={() => setOpen("move")}>
        记错了人
      </Button>
      <Button size="small" type="text" danger onClick={() => ask(wrong)}>
        作废
      </Button>
      <CorrectVisit visit={visit} open={open === "correct"} close={close} />
      <MoveVisit visit={visit} open={open === "move"} close={close} />
    </Space>
  );
}
