/**
 * Chunks of a PNG file (https://www.w3.org/TR/png-3/): what the picture shows travels inside it.
 */
export interface TextEntry {
  /** 1…79 Latin-1 characters, such as "Title" */
  readonly keyword: string;
  readonly text: string;
}

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
/** Length, type and checksum around a chunk's data */
const CHUNK_FRAME = 12;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32 of ISO 3309, as PNG's appendix D computes it. */
export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = CRC_TABLE[(c ^ byte) & 0xff]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + CHUNK_FRAME);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** International text, UTF-8, not compressed: any tool can search it. */
function textChunk({ keyword, text }: TextEntry): Uint8Array {
  const encoder = new TextEncoder();
  // keyword, its end, not compressed, no method, no language, no translated keyword
  const head = [...encoder.encode(keyword), 0, 0, 0, 0, 0];
  const body = encoder.encode(text);
  const data = new Uint8Array(head.length + body.length);
  data.set(head);
  data.set(body, head.length);
  return chunk('iTXt', data);
}

const INCHES_PER_METRE = 1 / 0.0254;
const CSS_PIXELS_PER_INCH = 96;

/** So that a document shows the picture at the size it has on the page, however fine its pixels. */
function densityChunk(pixelsPerCssPixel: number): Uint8Array {
  const perMetre = Math.round(pixelsPerCssPixel * CSS_PIXELS_PER_INCH * INCHES_PER_METRE);
  const data = new Uint8Array(9);
  const view = new DataView(data.buffer);
  view.setUint32(0, perMetre);
  view.setUint32(4, perMetre);
  data[8] = 1; // per metre
  return chunk('pHYs', data);
}

/**
 * The same picture with its density and texts, right after its header. Throws RangeError for bytes
 * that are no PNG.
 */
export function annotatedPng(
  png: Uint8Array,
  pixelsPerCssPixel: number,
  texts: readonly TextEntry[],
): Uint8Array<ArrayBuffer> {
  if (SIGNATURE.some((byte, i) => png[i] !== byte)) {
    throw new RangeError('These bytes are not a PNG picture.');
  }
  const length = new DataView(png.buffer, png.byteOffset).getUint32(SIGNATURE.length);
  const headerEnd = SIGNATURE.length + length + CHUNK_FRAME;
  const parts = [
    png.subarray(0, headerEnd),
    densityChunk(pixelsPerCssPixel),
    ...texts.map(textChunk),
    png.subarray(headerEnd),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
