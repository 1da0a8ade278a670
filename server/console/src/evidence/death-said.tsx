// What the register says of somebody's death, beside a visit that met them after it: one of the two is wrong.
import { Skeleton } from "antd";
import { useFieldHistory, usePerson } from "../api/queries";
import { LifeSteps } from "../person/life-steps";
import { shown } from "../record/value";
import { SmallFailure } from "../shell/small-failure";
import { LIFE, word } from "../words/codes";
import { time } from "../words/time";
import { fieldsOf, saidNow } from "./said";
import "./evidence.css";

export function DeathSaid({ person: id }: { person: string }) {
  const answer = usePerson(id);
  const history = useFieldHistory("person", id, true);
  const failed = [answer, history].find((one) => one.isError);
  if (failed) return <SmallFailure what="名册登记" error={failed.error} retry={() => void failed.refetch()} />;
  if (!answer.data || !history.data) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  const person = answer.data;
  const said = saidNow(history.data.rows).get("life");
  const day = fieldsOf(person).died_on;
  return (
    <section className="side" data-testid="death-said">
      <header className="quiet">名册登记</header>
      <b>
        {word(LIFE, person.life)}
        {day != null && `，${shown(day, "died_on")}`}
      </b>
      {said && (
        <p className="quiet">
          {said.by ?? "—"} 写入，{time(said.at_ms)}
          {said.reason && `：${said.reason}`}
        </p>
      )}
      <LifeSteps person={person} />
    </section>
  );
}
