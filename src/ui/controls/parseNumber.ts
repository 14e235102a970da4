/**
 * The number a person typed or pasted, null when it is none. Accepts 1e-3, full-width digits and
 * signs, the typographic minus, 1,000 and 1 000 for a thousand and 0,5 for a half. Other spaces
 * inside are refused: "1 2" is two numbers. Never NaN or ±Infinity.
 */
export function parseNumber(text: string): number | null {
  let plain = text
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/。/g, '.')
    .trim()
    .replace(/^([+-])\s+/, '$1');
  if (/^[+-]?[1-9]\d{0,2}(\s\d{3})+([.,]\d*)?$/.test(plain)) plain = plain.replace(/\s/g, '');
  if (/^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(plain)) plain = plain.replaceAll(',', '');
  else if (/^[^,.]*,[^,.]*$/.test(plain)) plain = plain.replace(',', '.');
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/** Short text that keeps seven significant digits: 0.95, 1e-7, 100000. */
export function formatNumber(value: number): string {
  return String(Number(value.toPrecision(7)));
}
