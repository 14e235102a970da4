import { textPen } from './export/domText';
import { mathWidth, type Measure } from './export/mathLines';
import { parseMath } from './MathText';

/** Texts whose widths are kept; a drag writes new numbers into a few of them. */
const MOST = 500;

const widths = new Map<string, number>();

/** Width in CSS pixels of a text with MathText's markup, in the size of --text-1. */
export function labelWidth(text: string, font: 'font' | 'font-mono' = 'font'): number {
  const page = getComputedStyle(document.documentElement);
  const root = Number.parseFloat(page.fontSize);
  const key = `${root} ${font} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  const family = page.getPropertyValue(`--${font}`);
  const pen = textPen();
  const measure: Measure = (part, { size, italic = false }) => {
    pen.font = `${italic ? 'italic ' : ''}${size}px ${family}`;
    return pen.measureText(part).width;
  };
  const size = root * Number.parseFloat(page.getPropertyValue('--text-1'));
  const width = mathWidth(parseMath(text), { size }, measure);
  if (widths.size >= MOST) widths.clear();
  widths.set(key, width);
  return width;
}
