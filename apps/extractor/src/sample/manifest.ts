// The photographs that are there to try without any configuration, and where they come from: the test pictures of npm
// packages about Exif, taken with real cameras. The packages are installed for these files only.

/** One file of the sample library. */
export interface SampleFile {
  /** Where it goes, from the sample library's folder. */
  readonly to: string;
  /** The package it is copied from and the path in it; or the text it consists of. */
  readonly from: { readonly package: string; readonly path: string } | { readonly text: string };
  /** Only the first part is copied, in bytes: a photo that was cut short. */
  readonly cutAt?: number;
  /** What there is to see, for the README of the folder. */
  readonly note: string;
}

function copied(to: string, name: string, path: string, note: string, cutAt?: number): SampleFile {
  return { to, from: { package: name, path }, note, ...(cutAt === undefined ? {} : { cutAt }) };
}

/** The packages with their licences. */
export const samplePackages: Readonly<Record<string, string>> = {
  exif: "MIT",
  "exif-js": "MIT",
  "exif-parser": "MIT",
  "jpeg-exif": "MIT",
};

export const sampleFiles: readonly SampleFile[] = [
  copied("Outdoors/sony-alpha-6000.jpg", "exif", "test/sony-alpha-6000.jpg", "Sony ILCE-6000, 24 megapixels, 6 s"),
  copied("Outdoors/short-ascii-MM.jpg", "exif", "test/short-ascii-MM.jpg", "Canon S40"),
  copied("Outdoors/DSCN0614_small.jpg", "exif-js", "example/DSCN0614_small.jpg", "Nikon E4600"),
  copied("Outdoors/dsc_09827.jpg", "exif-js", "example/dsc_09827.jpg", "Nikon D100, 190 mm"),
  copied("Phones/IMG_0001.JPG", "jpeg-exif", "test/IMG_0001.JPG", "iPhone 6 Plus, ISO 32, GPS, orientation 6"),
  copied("Phones/starfish.jpg", "exif-parser", "test/starfish.jpg", "Nokia Lumia 820, GPS"),
  copied("Phones/short-ascii-II.jpg", "exif", "test/short-ascii-II.jpg", "Xiaomi MI3"),
  copied("Phones/iPhone 4S/test1.jpg", "exif", "test/test1.jpg", "iPhone 4S, GPS"),
  copied("Phones/iPhone 4S/test2.jpg", "exif", "test/test2.jpg", "iPhone 4S, GPS"),
  copied("Phones/iPhone 4S/test3.jpg", "exif", "test/test3.jpg", "iPhone 4S, GPS, ISO 500"),
  copied("Orientation/right.jpg", "exif", "test/right.jpg", "stored on its side, orientation 8"),
  copied("Orientation/down-mirrored.jpg", "exif", "test/down-mirrored.jpg", "stored mirrored, orientation 4"),
  copied("Without camera data/IMG_0003.JPG", "jpeg-exif", "test/IMG_0003.JPG", "an orientation, but no camera"),
  copied(
    "Without camera data/Bloated-Hero.jpg",
    "exif-js",
    "example/Bloated-Hero.jpg",
    "only the time of the last change",
  ),
  copied("Odd and corrupt/evil1.jpg", "exif", "test/evil1.jpg", "Canon PowerShot S400, damaged maker notes"),
  copied("Odd and corrupt/test.jpg", "exif-parser", "test/test.jpg", "a time with second 92"),
  copied("Odd and corrupt/lens_info.jpg", "exif", "test/lens_info.jpg", "one pixel, a lens and no camera"),
  copied("Odd and corrupt/a-tiff-named.jpg", "jpeg-exif", "test/Arbitro.tiff", "TIFF content under a JPEG name"),
  copied("Odd and corrupt/cut-short.jpg", "exif", "test/test3.jpg", "the first 15,000 bytes of test3.jpg", 15_000),
  { to: "Odd and corrupt/empty.jpg", from: { text: "" }, note: "no bytes at all" },
  {
    to: "Odd and corrupt/words.jpg",
    from: { text: "These are words, not a picture.\n" },
    note: "text under a JPEG name",
  },
  { to: "Odd and corrupt/notes.txt", from: { text: "A note beside the photos.\n" }, note: "no photo: passed over" },
];

/** The text that says, in the folder itself, what it is. */
export function sampleReadme(): string {
  const rows = sampleFiles.map(({ to, from, note }) => {
    const source = "text" in from ? "made here" : `${from.package}, ${from.path}`;
    return `| ${to} | ${source} | ${note} |`;
  });
  const licences = Object.entries(samplePackages).map(([name, licence]) => `${name} (${licence})`);
  return `# Sample library

Photographs to try the extractor with, copied at its first start from the npm packages ${licences.join(", ")}.
They belong to the authors of those packages. Set EXTRACTOR_LIBRARY to use a folder of your own; deleting this folder
is safe, the next start makes it again.

| file | from | what there is to see |
|---|---|---|
${rows.join("\n")}
`;
}
