// How far a division has been reached, as one bar: met, by telephone, family only, tried, and the rest.
import type { Figures } from "../api/types";
import { COLOR } from "../theme";

export function ReachBar({ figures, thick = false }: { figures: Figures; thick?: boolean }) {
  const parts: [number, string, string][] = [
    [figures.in_person, COLOR.inPerson, "见面"],
    [figures.remote, COLOR.remote, "电话视频"],
    [figures.family, COLOR.family, "只见家属"],
    [figures.tried, COLOR.tried, "走访未见"],
  ];
  const text = parts.map(([value, , name]) => `${name} ${value}`).join("，");
  return (
    <div className={thick ? "reach thick" : "reach"} role="img" aria-label={text} title={text}>
      {parts
        .filter(([value]) => value > 0)
        .map(([value, color, name]) => (
          <i key={name} style={{ flexGrow: value, background: color }} />
        ))}
      {figures.not_yet > 0 && <i style={{ flexGrow: figures.not_yet, background: COLOR.rest }} />}
    </div>
  );
}
