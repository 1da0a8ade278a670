// The household's plaque, as its records fold to a state.
import { Card, Tag } from "antd";
import { Link } from "react-router";
import type { Person } from "../api/types";
import { PLAQUE_STATE, POSITION, word } from "../words/codes";

const COLOR: Record<string, string> = { HUNG: "red", KEPT_NO_RENEW: "red", PENDING: "gold", REPLACE_DUE: "gold" };

/** `house`: whose it is; none for who lives in no household. */
export function PlaqueCard({ plaque, house }: { plaque: Person["plaque"]; house: string | undefined }) {
  return (
    <Card
      title="光荣牌"
      size="small"
      data-testid="plaque"
      extra={house && <Link to={`/plaques?house=${house}`}>办理</Link>}
    >
      {plaque ? (
        <p className="tags">
          <Tag color={COLOR[plaque.state] ?? "default"}>{word(PLAQUE_STATE, plaque.state)}</Tag>
          {plaque.position && <span>{word(POSITION, plaque.position)}</span>}
          {plaque.hung_on && <span>{plaque.hung_on}</span>}
        </p>
      ) : (
        <p className="quiet">没有光荣牌记录</p>
      )}
    </Card>
  );
}
