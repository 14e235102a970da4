/** An element of a picture before it becomes text; a string is character data. */
export interface SvgNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (SvgNode | string)[];
}

/** Numbers are written with at most three decimals: a thousandth of a pixel is not seen. */
export type AttributeValue = string | number | undefined;

export function svgNode(
  name: string,
  attributes: Readonly<Record<string, AttributeValue>> = {},
  children: readonly (SvgNode | string)[] = [],
): SvgNode {
  const written: Record<string, string> = {};
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) written[key] = typeof value === 'number' ? rounded(value) : value;
  }
  return { name, attributes: written, children };
}

export function rounded(value: number): string {
  const text = value.toFixed(3);
  return text.includes('.') ? text.replace(/\.?0+$/, '').replace(/^-0$/, '0') : text;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text that XML 1.0 allows anywhere; what it has no way to write (control characters) goes. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}

/** The document's text. Elements are on lines of their own, except inside text, where a line break would show. */
export function toXml(root: SvgNode): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, true)}\n`;
}

const INLINE = new Set(['text', 'tspan', 'title', 'desc', 'metadata']);

function written({ name, attributes, children }: SvgNode, isSpaced: boolean): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const open = `<${name}${list.join('')}`;
  if (children.length === 0) return `${open}/>`;
  const spaced = isSpaced && !INLINE.has(name);
  const inner = children.map((child) =>
    typeof child === 'string' ? escapeXml(child) : written(child, spaced),
  );
  const gap = spaced ? '\n' : '';
  return `${open}>${gap}${inner.join(gap)}${gap}</${name}>`;
}
