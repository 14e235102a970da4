import { parseMath } from '../MathText';
import { rounded, svgNode, type SvgNode } from './svgNode';

type Part = ReturnType<typeof parseMath>[number];

export interface TextStyle {
  /** CSS pixels */
  readonly size: number;
  readonly weight?: number;
  readonly italic?: boolean;
  readonly mono?: boolean;
}

/** Width of a text in CSS pixels */
export type Measure = (text: string, style: TextStyle) => number;

/** Indices are this much smaller than the text they belong to. */
const INDEX = 0.75;

export function mathWidth(parts: readonly Part[], style: TextStyle, measure: Measure): number {
  return parts.reduce((sum, { kind, text }) => {
    if (kind === 'italic') return sum + measure(text, { ...style, italic: true });
    if (kind === 'plain') return sum + measure(text, style);
    return sum + measure(text, { ...style, size: style.size * INDEX });
  }, 0);
}

/** After these and before those a line does not break. */
const OPENING = /[（“‘《【([]$/u;
const CLOSING = /^[，。：；、！？）”’》】…·)\]]/u;
const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/u;
/** Words with the spaces after them, and wide characters one by one; a no-break space is a letter. */
const PIECES =
  /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^ \u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+ *| +/gu;

function mayBreak(before: Part, after: Part): boolean {
  if (after.kind === 'sub' || after.kind === 'sup') return false;
  if (CLOSING.test(after.text) || OPENING.test(before.text)) return false;
  return before.text.endsWith(' ') || WIDE.test(before.text.at(-1)!) || WIDE.test(after.text[0]!);
}

/** What stays together on a line: a word with its formula, a Chinese character with its full stop. */
function atomsOf(parts: readonly Part[]): Part[][] {
  const pieces = parts.flatMap(({ kind, text }): Part[] =>
    (kind === 'plain' ? (text.match(PIECES) ?? []) : [text]).map((piece) => ({
      kind,
      text: piece,
    })),
  );
  const atoms: Part[][] = [];
  pieces.forEach((piece, i) => {
    const last = atoms[atoms.length - 1];
    if (last === undefined || mayBreak(pieces[i - 1]!, piece)) atoms.push([piece]);
    else last.push(piece);
  });
  return atoms;
}

/** A text with MathText's markup, broken into lines that fit. */
export function wrappedMath(
  text: string,
  width: number,
  style: TextStyle,
  measure: Measure,
): Part[][] {
  const lines: Part[][] = [];
  let line: Part[] = [];
  for (const atom of atomsOf(parseMath(text))) {
    if (line.length > 0 && mathWidth([...line, ...trimmed(atom)], style, measure) > width) {
      lines.push(trimmed(line));
      line = [];
    }
    line = [...line, ...atom];
  }
  if (line.length > 0) lines.push(trimmed(line));
  return lines;
}

/** Without the space at its end. */
function trimmed(line: readonly Part[]): Part[] {
  const last = line[line.length - 1];
  if (last === undefined) return [];
  return [...line.slice(0, -1), { ...last, text: last.text.trimEnd() }];
}

/** How far a sub- and a superscript are moved, as a part of the size */
const SHIFT = { sub: 0.22, sup: -0.38 } as const;

/** The parts as the contents of an SVG text element. */
export function mathSpans(parts: readonly Part[], size: number): (SvgNode | string)[] {
  let shift = 0;
  return parts.map(({ kind, text }) => {
    const wanted = kind === 'sub' || kind === 'sup' ? SHIFT[kind] * size : 0;
    const dy = wanted - shift;
    shift = wanted;
    const attributes = {
      dy: Math.abs(dy) < 1e-6 ? undefined : dy,
      'font-style': kind === 'italic' ? 'italic' : undefined,
      'font-size': wanted === 0 ? undefined : rounded(size * INDEX),
    };
    return kind === 'plain' && attributes.dy === undefined
      ? text
      : svgNode('tspan', attributes, [text]);
  });
}
