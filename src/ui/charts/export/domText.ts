/** A line of a text node as the browser has laid it out, in page coordinates. */
export interface TextLine {
  readonly text: string;
  readonly left: number;
  readonly width: number;
  readonly baseline: number;
}

let pen: CanvasRenderingContext2D | null = null;

/** A context to measure texts with. */
export function textPen(): CanvasRenderingContext2D {
  pen ??= document.createElement('canvas').getContext('2d');
  if (pen === null) throw new Error('This browser gives no 2d canvas.');
  return pen;
}

/** From the top of a line's box to its baseline: a box is as tall as its font. */
function ascentOf(style: CSSStyleDeclaration, height: number): number {
  const context = textPen();
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent, fontBoundingBoxDescent } = context.measureText('x');
  return (height - fontBoundingBoxAscent - fontBoundingBoxDescent) / 2 + fontBoundingBoxAscent;
}

/** The lines of one text node, without the spaces at their ends. */
export function linesOf(node: Text, style: CSSStyleDeclaration): TextLine[] {
  const content = node.data;
  const range = document.createRange();
  const lines: { start: number; end: number; top: number }[] = [];
  for (let i = 0; i < content.length; i++) {
    if (/\s/.test(content[i]!)) continue;
    range.setStart(node, i);
    range.setEnd(node, i + 1);
    const box = range.getClientRects()[0];
    if (box === undefined || box.width === 0) continue;
    const last = lines[lines.length - 1];
    if (last !== undefined && Math.abs(last.top - box.top) < box.height / 2) last.end = i + 1;
    else lines.push({ start: i, end: i + 1, top: box.top });
  }
  return lines.map(({ start, end }) => {
    range.setStart(node, start);
    range.setEnd(node, end);
    const { left, width, top, height } = range.getBoundingClientRect();
    const text = content.slice(start, end).replace(/\s+/g, ' ');
    return { text, left, width, baseline: top + ascentOf(style, height) };
  });
}
