// A protected value: masked; in full for a minute after a reason was given, which the server writes into its audit log.
import { EyeInvisibleOutlined, EyeOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useMay } from "../session/use-session";
import { RevealDialog } from "./reveal-dialog";

/** Long enough to copy it into a form, too short to be left on a screen. */
const SHOWN_MS = 60_000;

interface Props {
  person: string;
  /** As the server's reveal calls it. */
  field: "id_number" | "birth" | "phones";
  /** What it takes to see it. */
  right: string;
  masked: string | null | undefined;
}

export function Protected({ person, field, right, masked }: Props) {
  const [full, setFull] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const mayReveal = useMay(right);

  useEffect(() => {
    if (!full) return;
    const timer = setTimeout(() => setFull(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [full]);

  if (!masked) return "—";
  return (
    <span className="id-number">
      <span className="mono" data-testid={field === "id_number" ? "id-number" : field}>
        {full ?? masked}
      </span>
      {full ? (
        <Button size="small" type="link" icon={<EyeInvisibleOutlined />} onClick={() => setFull(null)}>
          隐藏
        </Button>
      ) : (
        mayReveal && (
          <Button size="small" type="link" icon={<EyeOutlined />} onClick={() => setAsking(true)}>
            查看
          </Button>
        )
      )}
      <RevealDialog person={person} field={field} open={asking} close={() => setAsking(false)} revealed={setFull} />
    </span>
  );
}
