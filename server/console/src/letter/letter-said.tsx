// What a letter says, and what the rules say about it.
import { Alert, Descriptions, Space, Tag } from "antd";
import type { Letter } from "../api/plaques";
import { word } from "../words/codes";
import { DELIVERER_LEVEL, LETTER_LEVEL, LETTER_SOURCE, LETTER_STATE } from "../words/plaques";
import { dayText, type Fields, FLAGS } from "./letter-answer";

/** None of it keeps the letter from its way. */
export function Warned({ letter: { should, twins, fields } }: { letter: Letter }) {
  const { removed } = fields as Fields;
  return (
    <Space orientation="vertical" style={{ width: "100%", marginBottom: 16 }}>
      {typeof removed === "string" && <Alert type="error" showIcon title={`已作废：${removed}`} />}
      {twins.map((twin) => (
        <Alert
          key={twin.id}
          type="warning"
          showIcon
          title={`同一通知书编号已有一份：${twin.soldier}，${twin.division?.name ?? ""}，${word(LETTER_STATE, twin.state)}。请核对是否重复登记。`}
        />
      ))}
      {should && (
        <Alert
          type="info"
          showIcon
          title={`应由${word(DELIVERER_LEVEL, should.level)}以上${should.with_pafd ? "会同人武部" : ""}送达`}
        />
      )}
    </Space>
  );
}

export function Said({ letter: { row, fields: said } }: { letter: Letter }) {
  const fields = said as Fields;
  const text = (name: string) => (typeof fields[name] === "string" ? (fields[name] as string) : "—");
  const yuan = (name: string) => (typeof fields[name] === "number" ? `${(fields[name] as number) / 100} 元` : "—");
  const flags = FLAGS.filter(({ value }) => fields[value] === true);
  const items = [
    ["奖励", word(LETTER_LEVEL, row.level)],
    ["进度", <Tag key="state">{word(LETTER_STATE, row.state)}</Tag>],
    ["来源", word(LETTER_SOURCE, text("source"))],
    ["通知书编号", text("notice_no")],
    ["批准日期", dayText(fields.approved_on) ?? "—"],
    ["收到日期", row.received_on ?? "—"],
    ["军人", flags.map(({ label }) => label).join("、") || "—"],
    ["送达地", row.division?.name ?? "—"],
    ["家庭住址", text("address")],
    ["家属", [text("family_name"), fields.relation].filter(Boolean).join("，")],
    ["奖励金", yuan("award_fen")],
    ["慰问品价值", yuan("goods_fen")],
  ] as const;
  return (
    <Descriptions size="small" column={2} items={items.map(([label, children]) => ({ key: label, label, children }))} />
  );
}
