// Two deliveries of one letter, or a step that its others speak against: each with who did it, who signed, who said so when.
import { Skeleton, Tag } from "antd";
import { Link } from "react-router";
import { useLetter } from "../api/plaques";
import { Marks } from "../person/marks";
import { Photos } from "../person/photos";
import { SmallFailure } from "../shell/small-failure";
import { word } from "../words/codes";
import { LETTER_STATE } from "../words/plaques";
import { time } from "../words/time";
import { FactSaid } from "./fact-said";
import { fieldsOf } from "./said";
import "./evidence.css";

export function LetterSides({ letter, asked }: { letter: string; asked: string }) {
  const answer = useLetter(letter);
  if (answer.isError) return <SmallFailure what="喜报" error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton active paragraph={{ rows: 3 }} />;
  const waits = answer.data.steps.find((one) => one.id === asked);
  const step = waits && fieldsOf(waits).step;
  const steps = answer.data.steps.filter((one) => !one.void && fieldsOf(one).step === step);
  return (
    <>
      <div className="sides" data-testid="sides">
        {steps.map((one) => (
          <section key={one.id} className="side" data-testid="side" data-record={one.id}>
            <header>
              <Tag color={one.held ? "gold" : "blue"}>{one.id === asked ? "这一条" : "另一条"}</Tag>
              <b>{word(LETTER_STATE, String(fieldsOf(one).step))}</b>
              <Marks held={one.held} doubtful={one.doubtful} voided={one.void} />
            </header>
            <p className="quiet">
              {one.by ?? "—"} 记录，{time(one.at_ms)}
            </p>
            {one.photos.length > 0 ? <Photos photos={one.photos} large /> : <p className="quiet">没有照片</p>}
            <FactSaid kind="letter_step" id={one.id} />
          </section>
        ))}
      </div>
      <Link to={`/letters?letter=${letter}`}>这份喜报的全部记录</Link>
    </>
  );
}
