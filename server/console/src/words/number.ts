// Figures as text.

export const count = (value: number): string => value.toLocaleString("zh-CN");

/** Rounded down: 100% is said only when nobody is left. */
export function percent(part: number, whole: number): string {
  return whole > 0 ? `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)}%` : "—";
}
