// Who signed: the ink where the phone took it, the name where it was typed, or why nobody did. That nothing was said is said.
import { Image } from "antd";
import { asProblem } from "../api/problem";
import { usePhoto } from "../api/queries";
import { useObjectUrl } from "../person/use-object-url";

const HASH = /^[0-9a-f]{64}$/;

interface Props {
  signed: unknown;
  unsigned: unknown;
  /** A signature, or the reason why there is none, is asked of such a record. */
  owed: boolean;
}

export function Signature({ signed, unsigned, owed }: Props) {
  if (typeof signed === "string" && HASH.test(signed)) return <Ink sha256={signed} />;
  if (typeof signed === "string" && signed) return <b>{signed}</b>;
  if (typeof unsigned === "string" && unsigned) return <span>没有签字：{unsigned}</span>;
  return owed ? <span className="bad">没有签字，也没有写原因</span> : <span className="quiet">没有签字</span>;
}

function Ink({ sha256 }: { sha256: string }) {
  const answer = usePhoto(sha256, "full", true);
  const url = useObjectUrl(answer.data);
  if (answer.isError) return <span className="quiet">有手写签名，图片读不到：{asProblem(answer.error).title}</span>;
  if (!url) return <span className="quiet">正在读取签名…</span>;
  return <Image className="ink" height={96} src={url} alt="手写签名" preview={{ cover: "放大" }} />;
}
