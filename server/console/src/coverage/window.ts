// The stretches of days a bureau asks for, by name.

export interface Choice {
  key: string;
  label: string;
  from: string;
  to: string;
}

const LUNAR = new Intl.DateTimeFormat("en-u-ca-chinese", { timeZone: "UTC", month: "numeric", day: "numeric" });

/** The first day of the first lunar month: always between 21 January and 21 February. */
export function springFestival(year: number): Date {
  for (let day = 20; day < 54; day++) {
    const date = new Date(Date.UTC(year, 0, day));
    const parts = LUNAR.formatToParts(date);
    const part = (type: string) => parts.find((part) => part.type === type)?.value;
    if (part("month") === "1" && part("day") === "1") return date;
  }
  // A browser without the Chinese calendar: the earliest day it can be.
  return new Date(Date.UTC(year, 0, 21));
}

function moved(date: Date, days: number): string {
  return new Date(date.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/** The choices for the year of this day (YYYY-MM-DD). Visits for a holiday are made in the weeks before it. */
export function choices(today: string): Choice[] {
  const year = Number(today.slice(0, 4));
  const festival = springFestival(year);
  return [
    { key: "year", label: "今年", from: `${year}-01-01`, to: `${year}-12-31` },
    { key: "first", label: "上半年", from: `${year}-01-01`, to: `${year}-06-30` },
    { key: "second", label: "下半年", from: `${year}-07-01`, to: `${year}-12-31` },
    { key: "spring", label: "春节前后", from: moved(festival, -30), to: moved(festival, 14) },
    { key: "august", label: "八一前后", from: `${year}-07-01`, to: `${year}-08-15` },
    { key: "last", label: "去年", from: `${year - 1}-01-01`, to: `${year - 1}-12-31` },
  ];
}
