// 户: where it is, who belongs to it, its plaque and what became of it.
import { Breadcrumb, Card, Descriptions, Skeleton, Space, Tag } from "antd";
import type { ReactNode } from "react";
import { Link, useParams } from "react-router";
import { useHousehold } from "../api/households";
import type { Named } from "../api/types";
import { BasisCard } from "../basis/basis-card";
import { HomeNeeds } from "../need/home-needs";
import { PlaqueCard } from "../person/plaque-card";
import { WaitingCard } from "../person/waiting-card";
import { FieldHistory } from "../record/field-history";
import { Failure } from "../shell/failure";
import { useTitle } from "../shell/use-title";
import { REGISTER, word } from "../words/codes";
import { HomeActs } from "./home-acts";
import { MembersTable } from "./members-table";
import "../person/person.css";

export function HouseholdPage() {
  const { id = "" } = useParams();
  const answer = useHousehold(id);
  const home = answer.data;
  useTitle(home ? `${home.head_name}户` : "户");
  if (answer.isError) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  if (!home) return <Skeleton active paragraph={{ rows: 10 }} />;
  const places = [home.township, home.division].filter((place) => place != null);
  const items: { key: string; label: string; children: ReactNode }[] = [
    { key: "head", label: "户主", children: home.head_name },
    { key: "address", label: "住址", children: home.address ?? "没有登记地址" },
    { key: "registered", label: "户籍地址", children: home.registered_address ?? "—" },
    { key: "way", label: "找路说明", children: home.way_note ?? "—" },
    ...(home.removed_note ? [{ key: "note", label: "撤销原因", children: home.removed_note }] : []),
    ...(home.split_from ? [{ key: "from", label: "分自", children: <HomeLink home={home.split_from} /> }] : []),
    ...(home.merged_into ? [{ key: "into", label: "并入", children: <HomeLink home={home.merged_into} /> }] : []),
    ...(home.merged_here.length > 0
      ? [
          {
            key: "here",
            label: "并来的户",
            children: home.merged_here.map((one) => <HomeLink key={one.id} home={one} />),
          },
        ]
      : []),
  ];
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
              { key: "home", title: `${home.head_name}户` },
            ]}
          />
          <Space size="middle" align="center" wrap>
            <h1>{home.head_name}户</h1>
            <Tag color={home.register === "ACTIVE" ? "blue" : "default"}>
              {home.register === "ACTIVE" ? "在册" : word(REGISTER, home.register)}
            </Tag>
          </Space>
        </div>
        <Space wrap>
          <HomeActs key={home.id} home={home} />
          <FieldHistory key={home.id} kind="household" id={home.id} />
        </Space>
      </div>
      <div className="person">
        <div className="person-side">
          <Card title="基本情况" size="small" data-testid="home">
            <Descriptions column={1} size="small" items={items} styles={{ label: { width: 84 } }} />
          </Card>
          <PlaqueCard plaque={home.plaque} house={home.id} />
          <BasisCard home={home} />
        </div>
        <div className="person-side">
          {home.waiting.length > 0 && <WaitingCard rows={home.waiting} />}
          <MembersTable home={home} />
          <HomeNeeds home={home} />
        </div>
      </div>
    </>
  );
}

function HomeLink({ home }: { home: Named }) {
  return (
    <div>
      <Link to={`/households/${home.id}`}>{home.name ?? "另一户"}户</Link>
      {home.address && <span className="quiet"> {home.address}</span>}
    </div>
  );
}
