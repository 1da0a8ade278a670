// Days and times as the county reads them, whatever the computer's time zone is set to.

const ZONE = "Asia/Shanghai";
// Swedish writes 2026-02-03 14:05.
const TIME = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE, dateStyle: "short", timeStyle: "short" });
const DAY = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE, dateStyle: "short" });

/** Midnight of Shanghai: the first instant of a day stands for the day alone, where no time was given. */
const isDay = (ms: number): boolean => (ms + 8 * 3_600_000) % 86_400_000 === 0;

/** 2026-02-03 14:05; the day alone where no time was given. */
export const time = (ms: number): string => (isDay(ms) ? DAY : TIME).format(ms);

/** 2026-02-03 */
export const day = (ms: number): string => DAY.format(ms);

export const today = (): string => day(Date.now());

/** 3 天前; hours only within a day. */
export function ago(ms: number, now: number): string {
  const hours = Math.max(0, Math.floor((now - ms) / 3_600_000));
  return hours < 24 ? `${hours} 小时前` : `${Math.floor(hours / 24)} 天前`;
}

/** The moment that a form means by a day: now for today, else the day's end, after what else happened on it. */
export const momentOf = (day: string, now: number): number =>
  day === TIME.format(now).slice(0, 10) ? now : Date.parse(`${day}T23:59:59+08:00`);
