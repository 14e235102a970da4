import { crc32 as nodeCrc32, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { annotatedPng, crc32 } from '../../../src/ui/charts/export/png';

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  readonly isSound: boolean;
}

/** The chunks of a file, read as any other program would. */
function chunksOf(png: Uint8Array): Chunk[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const body = png.subarray(at + 4, at + 8 + length);
    chunks.push({
      type: Buffer.from(body.subarray(0, 4)).toString('latin1'),
      data: body.subarray(4),
      isSound: view.getUint32(at + 8 + length) === nodeCrc32(body),
    });
    at += length + 12;
  }
  return chunks;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(nodeCrc32(body));
  return Buffer.concat([length, body, sum]);
}

/** One red pixel */
function onePixel(): Uint8Array {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 255, 0, 0]))),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** keyword and text of an iTXt chunk that is not compressed */
function textOf({ data }: Chunk): [string, string] {
  const end = data.indexOf(0);
  expect(Array.from(data.subarray(end + 1, end + 5))).toEqual([0, 0, 0, 0]);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return [decoder.decode(data.subarray(0, end)), decoder.decode(data.subarray(end + 5))];
}

describe('crc32', () => {
  it('is the published checksum', () => {
    // The check value of CRC-32/ISO-HDLC
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array())).toBe(0);
  });
});

describe('annotatedPng', () => {
  const link = 'https://example.org/?lang=zh-CN#v=1&T=96';
  const png = annotatedPng(onePixel(), 2, [
    { keyword: 'Title', text: '误差信号 δ_t' },
    { keyword: 'Link', text: link },
  ]);
  const chunks = chunksOf(png);

  it('keeps the picture, and every checksum is right', () => {
    expect(chunks.every(({ isSound }) => isSound)).toBe(true);
    expect(chunks.map(({ type }) => type)).toEqual([
      ...['IHDR', 'pHYs', 'iTXt', 'iTXt', 'IDAT', 'IEND'],
    ]);
    const pixels = inflateSync(chunks.find(({ type }) => type === 'IDAT')!.data);
    expect(Array.from(pixels)).toEqual([0, 255, 0, 0]);
  });

  it('carries its texts in any language', () => {
    const texts = chunks.filter(({ type }) => type === 'iTXt').map(textOf);
    expect(texts).toEqual([
      ['Title', '误差信号 δ_t'],
      ['Link', link],
    ]);
  });

  it('says that two pixels are one CSS pixel', () => {
    const { data } = chunks.find(({ type }) => type === 'pHYs')!;
    const view = new DataView(data.buffer, data.byteOffset);
    // 192 pixels to 25.4 mm
    expect([view.getUint32(0), view.getUint32(4), data[8]]).toEqual([7559, 7559, 1]);
  });

  it('reads a view into a larger buffer', () => {
    const padded = new Uint8Array(onePixel().length + 5);
    padded.set(onePixel(), 5);
    expect(annotatedPng(padded.subarray(5), 2, [])).toEqual(annotatedPng(onePixel(), 2, []));
  });

  it('refuses what is no PNG', () => {
    expect(() => annotatedPng(new Uint8Array(100), 2, [])).toThrow(RangeError);
  });
});
