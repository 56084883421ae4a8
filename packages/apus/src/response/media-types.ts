/** The media types of usual files, by the endings of their names. */

/** By their first half: the other half, with the endings that stand for it where it is not one itself. */
const types: Readonly<Record<string, string>> = {
  text: "css csv html=html,htm javascript=js,mjs plain=txt,log markdown=md,markdown tab-separated-values=tsv calendar=ics vcard=vcf vtt wgsl",
  image: "png jpeg=jpg,jpeg gif webp avif svg+xml=svg vnd.microsoft.icon=ico apng bmp tiff=tif,tiff heic jxl",
  audio: "mpeg=mp3 mp4=m4a aac flac ogg=ogg,oga,opus x-wav=wav",
  video: "mp4=mp4,m4v webm mpeg=mpeg,mpg ogg=ogv quicktime=mov x-msvideo=avi x-matroska=mkv",
  font: "woff woff2 ttf otf",
  model: "gltf-binary=glb gltf+json=gltf",
  application:
    "json=json,map ld+json=jsonld geo+json=geojson manifest+json=webmanifest jsonl xml xhtml+xml=xhtml xslt+xml=xsl,xslt atom+xml=atom rss+xml=rss yaml=yaml,yml toml wasm pdf rtf epub+zip=epub zip gzip=gz,tgz zstd=zst x-tar=tar x-7z-compressed=7z vnd.rar=rar vnd.ms-fontobject=eot vnd.apple.mpegurl=m3u8 dash+xml=mpd msword=doc vnd.ms-excel=xls vnd.ms-powerpoint=ppt vnd.openxmlformats-officedocument.wordprocessingml.document=docx vnd.openxmlformats-officedocument.spreadsheetml.sheet=xlsx vnd.openxmlformats-officedocument.presentationml.presentation=pptx vnd.oasis.opendocument.text=odt vnd.oasis.opendocument.spreadsheet=ods vnd.oasis.opendocument.presentation=odp",
};

let byEnding: ReadonlyMap<string, string> | undefined;

/** The media type of a file, by the last ending of its name or of the path to it; one for bytes of any kind where it tells nothing. */
export function mediaTypeOf(name: string): string {
  const file = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
  const dot = file.lastIndexOf(".");
  // A name that only begins with a dot has no ending.
  const ending = dot > 0 ? file.slice(dot + 1).toLowerCase() : "";
  return (byEnding ??= new Map(Object.entries(types).flatMap(endingsOf))).get(ending) ?? "application/octet-stream";
}

function endingsOf([first, some]: [string, string]): [ending: string, type: string][] {
  return some.split(" ").flatMap((each) => {
    const [second, endings = second] = each.split("=") as [string, string?];
    return endings.split(",").map((ending): [string, string] => [ending, `${first}/${second}`]);
  });
}
