// The household's plaque, as its records fold to a state.
import { Card, Tag } from "antd";
import type { Person } from "../api/types";
import { PLAQUE_STATE, POSITION, word } from "../words/codes";

const COLOR: Record<string, string> = { HUNG: "red", KEPT_NO_RENEW: "red", PENDING: "gold", REPLACE_DUE: "gold" };

export function PlaqueCard({ plaque }: { plaque: Person["plaque"] }) {
  return (
    <Card title="光荣牌" size="small" data-testid="plaque">
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
