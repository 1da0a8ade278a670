// Pictures of an entry as small pictures, each opening the full one; those whose bytes are still on a phone say so.
import { PictureOutlined } from "@ant-design/icons";
import { Image } from "antd";
import { useState } from "react";
import { asProblem } from "../api/problem";
import { usePhoto } from "../api/queries";
import type { PhotoRef } from "../api/types";
import { time } from "../words/time";
import { useObjectUrl } from "./use-object-url";

const SIDE = 112;

export function Photos({ photos }: { photos: PhotoRef[] }) {
  if (photos.length === 0) return null;
  return (
    <div className="photos">
      {photos.map((photo) =>
        photo.stored ? <Stored key={photo.id} photo={photo} /> : <Missing key={photo.id} text="照片还在手机上" />,
      )}
    </div>
  );
}

function Stored({ photo }: { photo: PhotoRef }) {
  const [open, setOpen] = useState(false);
  const small = usePhoto(photo.sha256, "thumbnail", true);
  const full = usePhoto(photo.sha256, "full", open);
  const smallUrl = useObjectUrl(small.data);
  const fullUrl = useObjectUrl(full.data);
  if (small.isError) return <Missing text={asProblem(small.error).title} />;
  if (!smallUrl) return <Missing text="正在读取…" />;
  const alt = photo.taken_ms == null ? "现场照片" : `现场照片，拍摄于 ${time(photo.taken_ms)}`;
  return (
    <Image
      width={SIDE}
      height={SIDE}
      className="photo"
      src={smallUrl}
      alt={alt}
      title={full.isError ? asProblem(full.error).title : alt}
      // Until the full picture is there, the small one is shown larger.
      preview={{ open, onOpenChange: setOpen, src: fullUrl ?? smallUrl, cover: "查看大图" }}
    />
  );
}

function Missing({ text }: { text: string }) {
  return (
    <div className="photo missing" style={{ width: SIDE, height: SIDE }}>
      <PictureOutlined />
      <span>{text}</span>
    </div>
  );
}
