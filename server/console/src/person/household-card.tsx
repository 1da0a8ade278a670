// The household: where it lives and who belongs to it.
import { Card } from "antd";
import { Link } from "react-router";
import type { Person } from "../api/types";

export function HouseholdCard({ person }: { person: Person }) {
  const { household } = person;
  const others = household?.members.filter((member) => member.id !== person.id) ?? [];
  return (
    <Card title="所在户" size="small">
      {household ? (
        <>
          <p>
            <Link to={`/households/${household.id}`}>{household.address || "没有登记地址"}</Link>
          </p>
          {others.length > 0 ? (
            <p>
              <span className="quiet">同户：</span>
              {others.map(({ id, name }, at) => (
                <span key={id}>
                  {at > 0 && "、"}
                  <Link to={`/people/${id}`}>{name}</Link>
                </span>
              ))}
            </p>
          ) : (
            !household.elsewhere && <p className="quiet">没有同户的服务对象</p>
          )}
          {household.elsewhere > 0 && <p className="quiet">同户另有 {household.elsewhere} 人不在您的管辖范围</p>}
        </>
      ) : (
        <p className="quiet">没有登记到户</p>
      )}
    </Card>
  );
}
