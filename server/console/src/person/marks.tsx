// What a reader must know before trusting an entry.
import { Tag, Tooltip } from "antd";

interface Props {
  held: boolean;
  doubtful?: boolean;
  voided: boolean;
}

export function Marks({ held, doubtful = false, voided }: Props) {
  return (
    <>
      {voided && <Mark color="default" text="已作废" hint="已作废并留存，不计入任何数字" />}
      {held && <Mark color="purple" text="待核" hint="等人核对，暂不计入任何数字" />}
      {doubtful && <Mark color="orange" text="时间存疑" hint="手机的时钟不可靠，显示的是推算的时间" />}
    </>
  );
}

function Mark({ color, text, hint }: { color: string; text: string; hint: string }) {
  return (
    <Tooltip title={hint}>
      <Tag color={color}>{text}</Tag>
    </Tooltip>
  );
}
