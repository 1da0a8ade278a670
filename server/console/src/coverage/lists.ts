// The figures of coverage and their names; the server lists the people behind each by the figure's own key.
import type { Figures } from "../api/types";

export type Which = keyof Figures;

export const LISTS: Record<Which, string> = {
  denominator: "应访",
  reached: "已遍访",
  in_person: "见面",
  remote: "电话视频",
  family: "只见家属",
  unreviewed: "未审",
  assumed: "推定",
  tried: "走访未见",
  not_yet: "未访",
  held: "待核",
  outside: "名册外已访",
  entered_after: "事后录入",
};

/** Held entries are counted, everything else is people. */
export const unit = (which: Which) => (which === "held" ? "条" : "人");
