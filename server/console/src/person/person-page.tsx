// 人员: one person, as far as the account may see: register, household, plaque, and what happened, newest first.
import { Breadcrumb, Button, Card, Skeleton, Space, Tag } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { usePerson } from "../api/queries";
import { NeedsCard } from "../need/needs-card";
import { FieldHistory } from "../record/field-history";
import { useMay } from "../session/use-session";
import { Failure } from "../shell/failure";
import { useTitle } from "../shell/use-title";
import { NewVisit } from "../visit/new-visit";
import { CATEGORY, LIFE, REGISTER, word } from "../words/codes";
import { History } from "./history";
import { HouseholdCard } from "./household-card";
import { LifeSteps } from "./life-steps";
import { Particulars } from "./particulars";
import { PlaqueCard } from "./plaque-card";
import { RegisterSteps } from "./register-steps";
import { SameCard } from "./same-card";
import { WaitingCard } from "./waiting-card";
import "./person.css";

export function PersonPage() {
  const { id = "" } = useParams();
  const answer = usePerson(id);
  const person = answer.data;
  const records = useMay("RECORD");
  const [begun, begin] = useState(false);
  useTitle(person?.name ?? "人员");
  if (answer.isError) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  if (!person) return <Skeleton active paragraph={{ rows: 10 }} />;
  const places = [person.township, person.village].filter((place) => place != null);
  return (
    <>
      <div className="head">
        <div>
          <Breadcrumb
            items={[
              ...places.map(({ id, name }) => ({
                key: id,
                title: <Link to={`/coverage?division=${id}`}>{name}</Link>,
              })),
              { key: "person", title: person.name },
            ]}
          />
          <Space size="middle" align="center" wrap>
            <h1>{person.name}</h1>
            <span className="tags">
              {person.register && (
                <Tag color={person.register === "ACTIVE" ? "blue" : "default"}>{word(REGISTER, person.register)}</Tag>
              )}
              {person.life && (
                <Tag color={person.life === "ALIVE" ? "green" : "default"}>{word(LIFE, person.life)}</Tag>
              )}
              {person.categories.map((code) => (
                <Tag key={code} variant="outlined">
                  {word(CATEGORY, code)}
                </Tag>
              ))}
            </span>
          </Space>
        </div>
        <Space wrap>
          <RegisterSteps person={person} />
          <LifeSteps person={person} />
          <FieldHistory key={person.id} kind="person" id={person.id} />
        </Space>
      </div>
      <div className="person">
        <div className="person-side">
          <Particulars person={person} />
          <SameCard person={person} />
          <HouseholdCard person={person} />
          <PlaqueCard plaque={person.plaque} house={person.household?.id} />
        </div>
        <div className="person-side">
          {person.waiting.length > 0 && <WaitingCard rows={person.waiting} />}
          <NeedsCard key={person.id} person={person} />
          <Card
            title="走访与光荣牌记录"
            className="person-history"
            extra={
              records && (
                <Button size="small" onClick={() => begin(true)}>
                  补录走访
                </Button>
              )
            }
          >
            <History visits={person.visits} plaqueEvents={person.plaque_events} />
            <NewVisit person={person} open={begun} close={() => begin(false)} />
          </Card>
        </div>
      </div>
    </>
  );
}
