/** How numbers are written in a table. */
export interface NumberStyle {
  /** 1,5 rather than 1.5; the point then groups thousands. */
  readonly decimalComma: boolean;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const GROUPED_BY_COMMA = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/;
const GROUPED_BY_POINT = /^[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d*)?$/;
const GROUPED_BY_SPACE = /^[+-]?[1-9]\d{0,2}([ \u00A0\u202F]\d{3})+([.,]\d*)?$/;
const MISSING = /^(|na|n\/a|nan|null|none|nil|-|--|\?|[+-]?inf(inity)?|缺失|无)$/i;

/** Trimmed; full-width digits and signs as ASCII, the minus sign as a hyphen. */
function simplify(cell: string): string {
  const trimmed = cell.trim();
  if (/^[\x00-\x7F]*$/.test(trimmed)) return trimmed;
  return trimmed
    .normalize('NFKC')
    .replace(/\u2212/g, '-')
    .trim();
}

/** Whether a cell says that there is no value: empty, NA, NaN, null, -, ?, infinite… */
export function isMissing(cell: string): boolean {
  return MISSING.test(simplify(cell));
}

/** The finite number a cell holds, or null. */
export function parseNumber(cell: string, { decimalComma }: NumberStyle): number | null {
  let text = simplify(cell);
  if (text.length > 400) return null;
  if (GROUPED_BY_SPACE.test(text)) text = text.replace(/[ \u00A0\u202F]/g, '');
  if (decimalComma) {
    if (GROUPED_BY_POINT.test(text)) text = text.replace(/\./g, '');
    text = text.replace(',', '.');
  } else if (GROUPED_BY_COMMA.test(text)) {
    text = text.replace(/,/g, '');
  }
  if (!DECIMAL.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
