// Colours and type: sober, high in contrast, readable on an old office screen.
import type { ThemeConfig } from "antd";

export const COLOR = {
  navy: "#163e75",
  primary: "#1b4b8f",
  gold: "#f2c14e",
  inPerson: "#1b4b8f",
  remote: "#5b8fd0",
  family: "#b3cdec",
  tried: "#d99b2b",
  held: "#7a5aa6",
  rest: "#e6e9ee",
};

export const theme: ThemeConfig = {
  token: {
    colorPrimary: COLOR.primary,
    colorInfo: COLOR.primary,
    colorLink: COLOR.primary,
    colorBgLayout: "#f2f4f7",
    borderRadius: 4,
    fontSize: 14,
    fontFamily:
      '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, -apple-system, sans-serif',
  },
  components: {
    Table: { headerBg: "#eef2f7", headerColor: "#34435a", rowHoverBg: "#f5f8fc", cellPaddingBlock: 10 },
    Card: { headerFontSize: 15 },
  },
};

/** The same look for whoever asked the system for less motion. */
export const still: ThemeConfig = { ...theme, token: { ...theme.token, motion: false } };
