import { textPen } from './export/domText';
import { mathWidth, type Measure } from './export/mathLines';
import { parseMath } from './MathText';

/** Texts whose widths are kept; a drag writes new numbers into a few of them. */
const MOST = 500;

const widths = new Map<string, number>();

type Font = 'font' | 'font-mono';

interface Type {
  /** Of --text-1, in CSS pixels */
  readonly size: number;
  readonly families: Readonly<Record<Font, string>>;
}

/** Milliseconds for which the page's type is taken as it was: asking lays out what has changed. */
const KEPT = 1000;
let readAt = -Infinity;
let pageType: Type = { size: NaN, families: { font: '', 'font-mono': '' } };

function typeOfPage(): Type {
  const now = performance.now();
  if (now - readAt < KEPT) return pageType;
  readAt = now;
  const page = getComputedStyle(document.documentElement);
  const size =
    Number.parseFloat(page.fontSize) * Number.parseFloat(page.getPropertyValue('--text-1'));
  const family = (font: Font) => page.getPropertyValue(`--${font}`);
  pageType = { size, families: { font: family('font'), 'font-mono': family('font-mono') } };
  return pageType;
}

/** Width in CSS pixels of a text with MathText's markup, in the size of --text-1. */
export function labelWidth(text: string, font: Font = 'font'): number {
  const { size, families } = typeOfPage();
  const key = `${size} ${font} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  const family = families[font];
  const pen = textPen();
  const measure: Measure = (part, { size: of, italic = false }) => {
    pen.font = `${italic ? 'italic ' : ''}${of}px ${family}`;
    return pen.measureText(part).width;
  };
  const width = mathWidth(parseMath(text), { size }, measure);
  if (widths.size >= MOST) widths.clear();
  widths.set(key, width);
  return width;
}
