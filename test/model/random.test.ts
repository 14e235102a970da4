import { describe, expect, it } from 'vitest';
import {
  gaussian,
  integerBelow,
  philox4x32,
  randomBits,
  STREAMS,
  uniform,
} from '../../src/model/random';

function block(counter: readonly number[], key: readonly number[]): string {
  const out = new Uint32Array(4);
  philox4x32(counter[0]!, counter[1]!, counter[2]!, counter[3]!, key[0]!, key[1]!, out);
  return Array.from(out, (v) => v.toString(16).padStart(8, '0')).join(' ');
}

describe('Philox4x32-10', () => {
  // tests/kat_vectors of Random123 1.14.0 (Salmon et al.)
  it('gives the published known answers', () => {
    const ones = 0xffffffff;
    expect(block([0, 0, 0, 0], [0, 0])).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8');
    expect(block([ones, ones, ones, ones], [ones, ones])).toBe(
      '408f276d 41c83b0e a20bc7c6 6d5451fd',
    );
    expect(block([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toBe(
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    );
  });

  it('agrees with 64-bit arithmetic', () => {
    const reference = (counter: bigint[], key: bigint[]) => {
      let [c0, c1, c2, c3] = counter as [bigint, bigint, bigint, bigint];
      let [k0, k1] = key as [bigint, bigint];
      const mask = 0xffffffffn;
      for (let round = 0; round < 10; round++) {
        const p0 = 0xd2511f53n * c0;
        const p1 = 0xcd9e8d57n * c2;
        [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & mask, (p0 >> 32n) ^ c3 ^ k1, p0 & mask];
        k0 = (k0 + 0x9e3779b9n) & mask;
        k1 = (k1 + 0xbb67ae85n) & mask;
      }
      return [c0, c1, c2, c3].map((v) => v.toString(16).padStart(8, '0')).join(' ');
    };
    for (let i = 0; i < 200; i++) {
      const words = Array.from({ length: 6 }, (_, k) => randomBits(i, 99, k));
      const big = words.map(BigInt);
      expect(block(words.slice(0, 4), words.slice(4))).toBe(
        reference(big.slice(0, 4), big.slice(4)),
      );
    }
  });
});

describe('randomBits', () => {
  it('has the frozen layout of counter and key', () => {
    expect(randomBits(0, 0, 0)).toBe(0x6627e8d5);
    expect(randomBits(0, 0, 3)).toBe(0x9b00dbd8);
    const out = new Uint32Array(4);
    philox4x32(5, 3, 0, 0, 7, 2, out);
    expect(randomBits(7, 2, 22, 3)).toBe(out[2]);
    philox4x32(0x3fffffff, 0, 0, 0, 0xffffffff, 25, out);
    expect(randomBits(0xffffffff, 25, 0xffffffff)).toBe(out[3]);
  });

  it('does not depend on the order of calls', () => {
    const forward = Array.from({ length: 40 }, (_, i) => randomBits(7, 1, i));
    const backward = Array.from({ length: 40 }, (_, i) => {
      randomBits(8, 2, i, 1);
      return randomBits(7, 1, 39 - i);
    }).reverse();
    expect(backward).toEqual(forward);
  });

  it('uses a stream number once only', () => {
    const numbers = Object.values(STREAMS);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('distributions', () => {
  const N = 200_000;

  it('uniform: in [0,1), multiples of 2^-24, mean 1/2, variance 1/12', () => {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < N; i++) {
      const u = uniform(3, 16, i);
      if (!(u >= 0 && u < 1) || !Number.isInteger(u * 2 ** 24)) throw new Error(`bad uniform ${u}`);
      sum += u;
      squares += u * u;
    }
    expect(sum / N).toBeCloseTo(0.5, 2);
    expect(squares / N - (sum / N) ** 2).toBeCloseTo(1 / 12, 3);
  });

  it('gaussian: moments 0, 1, 0, 3 and float32 values', () => {
    const moments = [0, 0, 0, 0];
    for (let i = 0; i < N; i++) {
      const z = gaussian(11, 1, i);
      if (!Object.is(z, Math.fround(z))) throw new Error(`not float32: ${z}`);
      for (let m = 0; m < 4; m++) moments[m]! += z ** (m + 1) / N;
    }
    expect(Math.abs(moments[0]!)).toBeLessThan(0.01);
    expect(Math.abs(moments[1]! - 1)).toBeLessThan(0.015);
    expect(Math.abs(moments[2]!)).toBeLessThan(0.03);
    expect(Math.abs(moments[3]! - 3)).toBeLessThan(0.1);
  });

  it('integerBelow: every value equally often', () => {
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[integerBelow(7, 5, 18, i)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it('seeds, streams and entries are uncorrelated', () => {
    const draw = [
      (i: number) => uniform(1, 16, i),
      (i: number) => uniform(2, 16, i),
      (i: number) => uniform(1, 17, i),
      (i: number) => uniform(1, 16, i, 1),
    ];
    for (let a = 0; a < draw.length; a++) {
      for (let b = 0; b < a; b++) {
        let covariance = 0;
        for (let i = 0; i < 20_000; i++) covariance += (draw[a]!(i) - 0.5) * (draw[b]!(i) - 0.5);
        expect(Math.abs((covariance / 20_000) * 12)).toBeLessThan(0.03);
      }
    }
  });
});
