// Words of the rules: what each is about, and what its settings mean.
import { type Table, table } from "./table";

export const RULE: Readonly<Record<string, { title: string; about: string }>> = {
  COVERAGE: { title: "覆盖口径", about: "应访哪些人，什么算走访到本人。改动只影响生效日以后的数字。" },
  REVIEW: { title: "例外复核", about: "没有疑点的走访，过几天自动通过。" },
  CADENCE: { title: "走访频次", about: "哪类对象多久联系或走访一次；手机上的待办按它计算。" },
  MUST: { title: "必访事项", about: "什么事之后必须上门，几天之内。" },
  PLAQUE: { title: "光荣牌", about: "本地口径：通知前去世的是否悬挂，补发几次以内不报县局。" },
};

export const SETTING: Table = {
  family_counts: "见到家属算已访",
  methods: "哪些方式算已访",
  categories: "应访哪些类别的人",
  auto_days: "自动通过的天数",
  died_before_notice: "2018年7月29日以前去世的也悬挂",
  free_reissues: "不必报县局的补发次数",
  classes: "频次",
  triggers: "必访事项",
};

export const EVERY: Table = { MONTH: "每月", QUARTER: "每季度", HALF_YEAR: "每半年", YEAR: "每年", ONCE: "一次" };
export const EVERYBODY = "全部对象";
export const WHAT: Table = { CONTACT: "联系一次（任何方式）", VISIT: "入户走访一次" };
export const CLASS = table(["CATEGORY", "PREF", "TAG"], {
  ALL: "全部对象",
  KEY: "重点联系对象",
  PLACED: "政府安置的对象",
});
export const SOURCE: Table = {
  DISCHARGED: "退役之日起",
  DIED: "去世之日起",
  LETTER: "喜报登记或送达之日起",
  DATES: "每年这段时间",
  BEFORE: "节日之前",
  HAND: "由知情人指派",
};
