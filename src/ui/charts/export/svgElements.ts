import { canvasPicture } from './canvasPainters';
import type { Drawing } from './drawing';
import { svgNode, type AttributeValue, type SvgNode } from './svgNode';

/** What geometry and references are made of; everything else an element carries is the page's own. */
const KEPT = new Set(
  (
    'd x y x1 y1 x2 y2 cx cy r rx ry width height points transform viewBox preserveAspectRatio ' +
    'dx dy offset id patternUnits patternTransform patternContentUnits gradientUnits ' +
    'gradientTransform spreadMethod clipPathUnits maskUnits refX refY markerWidth markerHeight orient ' +
    'pathLength textLength lengthAdjust'
  ).split(' '),
);

/** CSS property and what SVG starts from; an inherited one is written where it changes. */
const INHERITED: readonly (readonly [string, string])[] = [
  ['fill', 'rgb(0, 0, 0)'],
  ['fill-opacity', '1'],
  ['fill-rule', 'nonzero'],
  ['stroke', 'none'],
  ['stroke-width', '1px'],
  ['stroke-opacity', '1'],
  ['stroke-dasharray', 'none'],
  ['stroke-linecap', 'butt'],
  ['stroke-linejoin', 'miter'],
  ['font-family', ''],
  ['font-size', ''],
  ['font-style', 'normal'],
  ['font-weight', '400'],
  ['text-anchor', 'start'],
];
const OWN: readonly (readonly [string, string])[] = [
  ['opacity', '1'],
  ['clip-path', 'none'],
  ['mask', 'none'],
  ['dominant-baseline', 'auto'],
  ['stop-color', 'rgb(0, 0, 0)'],
  ['stop-opacity', '1'],
];
const START: ReadonlyMap<string, string> = new Map(INHERITED);
const COLOURS = new Set(['fill', 'stroke', 'stop-color']);
const SKIPPED = new Set(['title', 'desc', 'script', 'style', 'foreignObject', 'metadata']);

/** An <svg> of the page where it stands, with its style as attributes. */
export function nestedSvg(element: SVGSVGElement, drawing: Drawing): SvgNode[] {
  const { left, top, width, height } = element.getBoundingClientRect();
  const hasDefinitions = element.querySelector('defs') !== null;
  if ((width === 0 || height === 0) && !hasDefinitions) return [];
  const { clientWidth, clientHeight } = element;
  const inner = `0 0 ${clientWidth || width} ${clientHeight || height}`;
  return [
    svgNode(
      'svg',
      {
        ...{ x: left - drawing.left, y: top - drawing.top, width, height },
        viewBox: element.getAttribute('viewBox') ?? inner,
        preserveAspectRatio:
          element.getAttribute('preserveAspectRatio') ??
          (element.hasAttribute('viewBox') ? undefined : 'none'),
        overflow: getComputedStyle(element).overflow === 'visible' ? 'visible' : undefined,
        ...styleOf(element, START, drawing).attributes,
      },
      childrenOf(element, styleOf(element, START, drawing).values, drawing),
    ),
  ];
}

function childrenOf(
  element: Element,
  inherited: ReadonlyMap<string, string>,
  drawing: Drawing,
): (SvgNode | string)[] {
  return [...element.childNodes].flatMap((node): (SvgNode | string)[] => {
    if (node instanceof Text) return isTextual(element) ? [node.data] : [];
    return node instanceof SVGElement ? copied(node, inherited, drawing) : [];
  });
}

function isTextual(element: Element): boolean {
  return element.localName === 'text' || element.localName === 'tspan';
}

function copied(
  element: SVGElement,
  inherited: ReadonlyMap<string, string>,
  drawing: Drawing,
): SvgNode[] {
  if (SKIPPED.has(element.localName) || drawing.isLeftOut(element)) return [];
  const style = getComputedStyle(element);
  // What is defined is not drawn, and so has no display to speak of.
  const isDefined = element.closest('defs, clipPath, pattern, marker, mask') !== null;
  if (!isDefined && (style.display === 'none' || style.visibility === 'hidden')) return [];
  if (style.opacity === '0') return [];
  const kept: Record<string, AttributeValue> = {};
  for (const { name, value } of element.attributes) if (KEPT.has(name)) kept[name] = value;
  const { attributes, values } = styleOf(element, inherited, drawing);
  const reference = element.getAttribute('href');
  if (reference?.startsWith('#') === true) kept['xlink:href'] = reference;
  const children = childrenOf(element, values, drawing);
  if (element.localName === 'g' && children.length === 0) return [];
  const node = svgNode(element.localName, { ...kept, ...attributes }, children);
  if (element.localName !== 'text' || !style.paintOrder.startsWith('stroke')) return [node];
  // Not every program knows paint-order: the outline comes first, and the letters over it.
  const letters = svgNode('text', { ...kept, ...attributes, stroke: 'none' }, children);
  return [node, letters];
}

/** The computed style as attributes, as far as it differs from what is inherited or usual. */
function styleOf(
  element: SVGElement,
  inherited: ReadonlyMap<string, string>,
  drawing: Drawing,
): { attributes: Record<string, AttributeValue>; values: ReadonlyMap<string, string> } {
  const style = getComputedStyle(element);
  const attributes: Record<string, AttributeValue> = {};
  const values = new Map<string, string>();
  for (const [name] of INHERITED) {
    const value = style.getPropertyValue(name);
    values.set(name, value);
    if (value !== inherited.get(name)) put(attributes, name, value, drawing);
  }
  for (const [name, usual] of OWN) {
    const value = style.getPropertyValue(name);
    if (value !== usual && value !== '') put(attributes, name, value, drawing);
  }
  return { attributes, values };
}

function put(
  attributes: Record<string, AttributeValue>,
  name: string,
  value: string,
  drawing: Drawing,
): void {
  if (COLOURS.has(name) && value !== 'none' && !value.startsWith('url(')) {
    const { hex, alpha } = drawing.colour(value);
    attributes[name] = alpha === 0 ? 'none' : hex;
    if (alpha > 0 && alpha < 1) attributes[`${name.replace('-color', '')}-opacity`] = alpha;
    return;
  }
  // url("#id") with the quotes taken off is understood by more programs.
  attributes[name] = value.replace(/url\("([^"]*)"\)/g, 'url($1)').replace(/(\d)px/g, '$1');
}

/** A canvas becomes a picture inside the file; its cells keep their edges when it is enlarged. */
export function embeddedCanvas(element: HTMLCanvasElement, drawing: Drawing): SvgNode[] {
  const { left, top, width, height } = element.getBoundingClientRect();
  if (width === 0 || height === 0 || element.width === 0) return [];
  return [
    svgNode('image', {
      ...{ x: left - drawing.left, y: top - drawing.top, width, height },
      preserveAspectRatio: 'none',
      'image-rendering': 'pixelated',
      'xlink:href': canvasPicture(element, drawing.ratio),
    }),
  ];
}
