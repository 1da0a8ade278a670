// Pictures of an entry: small in a line of time, large where somebody decides. Each opens the full one, the arrow keys go on to
// the next, Escape closes; those whose bytes are still on a phone say so.
import { PictureOutlined } from "@ant-design/icons";
import { Image } from "antd";
import { useState } from "react";
import { asProblem } from "../api/problem";
import { usePhoto } from "../api/queries";
import type { PhotoRef } from "../api/types";
import { time } from "../words/time";
import { useObjectUrl } from "./use-object-url";

/** A face, a signature and the words on a plaque can be told at the larger one (person.css, .photo.whole). */
const SIDE = { small: 112, large: 320 };

type Size = keyof typeof SIDE;

export function Photos({ photos, large = false }: { photos: PhotoRef[]; large?: boolean }) {
  const [open, setOpen] = useState(false);
  const size = large ? "large" : "small";
  if (photos.length === 0) return null;
  return (
    <Image.PreviewGroup preview={{ onOpenChange: setOpen }}>
      <div className="photos">
        {photos.map((photo) =>
          photo.stored ? (
            <Stored key={photo.id} photo={photo} size={size} opened={open} />
          ) : (
            <Missing key={photo.id} size={size} text="照片还在手机上" />
          ),
        )}
      </div>
    </Image.PreviewGroup>
  );
}

/** `opened`: one of the entry's pictures is looked at in full, and the next may be in a moment. */
function Stored({ photo, size, opened }: { photo: PhotoRef; size: Size; opened: boolean }) {
  const small = usePhoto(photo.sha256, "thumbnail", true);
  const full = usePhoto(photo.sha256, "full", opened || size === "large");
  const smallUrl = useObjectUrl(small.data);
  const fullUrl = useObjectUrl(full.data);
  // A photo of which no small picture could be made may still be shown whole.
  const shown = size === "large" ? (fullUrl ?? smallUrl) : smallUrl;
  const failed = size === "large" ? full.isError && small.isError : small.isError;
  if (failed) return <Missing size={size} text={asProblem(small.error).title} />;
  if (!shown) return <Missing size={size} text="正在读取…" />;
  const alt = photo.taken_ms == null ? "现场照片" : `现场照片，拍摄于 ${time(photo.taken_ms)}`;
  return (
    <Image
      // Large, the whole picture is shown and not the middle of it: what was cut off may be what matters.
      {...(size === "small" && { width: SIDE.small, height: SIDE.small })}
      className={size === "large" ? "photo whole" : "photo"}
      src={shown}
      alt={alt}
      title={full.isError ? asProblem(full.error).title : alt}
      // Until the full picture is there, the small one is shown larger.
      preview={{ src: fullUrl ?? shown, cover: "查看大图" }}
    />
  );
}

function Missing({ text, size }: { text: string; size: Size }) {
  const side = Math.min(SIDE[size], 200);
  return (
    <div className="photo missing" style={{ width: side, height: side }}>
      <PictureOutlined />
      <span>{text}</span>
    </div>
  );
}
