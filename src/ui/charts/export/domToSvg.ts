import { createColourReader } from './colours';
import { parseGradient, placedGradient } from './cssGradient';
import { linesOf } from './domText';
import type { Drawing } from './drawing';
import { embeddedCanvas, nestedSvg } from './svgElements';
import { svgNode, type AttributeValue, type SvgNode } from './svgNode';

/** Elements that belong to the page and not to the picture are marked so. */
const LEFT_OUT = '[data-export="none"], button, input, select, textarea, details';

export interface DrawingOptions {
  readonly corner: { readonly left: number; readonly top: number };
  readonly ratio: number;
  readonly newId: () => string;
}

/**
 * A part of the page as it is drawn now, as SVG: boxes with their colours, hatchings and lines,
 * texts where the browser has put them, charts with their style as attributes, canvases as pictures.
 * What the page writes as HTML over a chart is therefore in the picture, too.
 */
export function drawElement(element: Element, options: DrawingOptions): SvgNode[] {
  const { corner, ratio, newId } = options;
  return drawn(element, {
    left: corner.left,
    top: corner.top,
    ratio,
    newId,
    colour: createColourReader(),
    isLeftOut: (candidate) => candidate.matches(LEFT_OUT),
  });
}

function drawn(element: Element, drawing: Drawing): SvgNode[] {
  if (drawing.isLeftOut(element)) return [];
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0') return [];
  if (element instanceof SVGSVGElement) return nestedSvg(element, drawing);
  if (element instanceof HTMLCanvasElement) {
    return faded(style, [...boxOf(element, style, drawing), ...embeddedCanvas(element, drawing)]);
  }
  const { width, height } = element.getBoundingClientRect();
  const hides = style.overflowX !== 'visible';
  // What is there for screen readers only is a pixel wide.
  if (hides && width <= 1 && height <= 1) return [];
  const inside = [...element.childNodes].flatMap((node) => {
    if (node instanceof Text) return written(node, style, drawing);
    return node instanceof Element ? drawn(node, drawing) : [];
  });
  return faded(style, [
    ...boxOf(element, style, drawing),
    ...(hides && inside.length > 0 ? clipped(element, style, inside, drawing) : inside),
  ]);
}

function faded({ opacity }: CSSStyleDeclaration, nodes: SvgNode[]): SvgNode[] {
  return opacity === '1' || nodes.length === 0 ? nodes : [svgNode('g', { opacity }, nodes)];
}

function clipped(
  element: Element,
  style: CSSStyleDeclaration,
  inside: SvgNode[],
  drawing: Drawing,
): SvgNode[] {
  const id = drawing.newId();
  const shape = svgNode('rect', placeOf(element, style, drawing));
  return [
    svgNode('clipPath', { id }, [shape]),
    svgNode('g', { 'clip-path': `url(#${id})` }, inside),
  ];
}

function placeOf(element: Element, style: CSSStyleDeclaration, drawing: Drawing) {
  const { left, top, width, height } = element.getBoundingClientRect();
  const radius = Number.parseFloat(style.borderTopLeftRadius);
  const rx = radius > 0 ? Math.min(radius, width / 2, height / 2) : undefined;
  return { x: left - drawing.left, y: top - drawing.top, width, height, rx };
}

function fillOf(css: string, drawing: Drawing): Record<string, AttributeValue> {
  const { hex, alpha } = drawing.colour(css);
  return { fill: hex, 'fill-opacity': alpha < 1 ? alpha : undefined };
}

/** Ground, hatching and lines of a box. */
function boxOf(element: Element, style: CSSStyleDeclaration, drawing: Drawing): SvgNode[] {
  const place = placeOf(element, style, drawing);
  const nodes: SvgNode[] = [];
  if (place.width > 0 && place.height > 0) {
    if (drawing.colour(style.backgroundColor).alpha > 0) {
      nodes.push(svgNode('rect', { ...place, ...fillOf(style.backgroundColor, drawing) }));
    }
    const gradient = parseGradient(style.backgroundImage);
    if (gradient !== null) {
      const id = drawing.newId();
      const { stops, repeats, ...line } = placedGradient(gradient, place.width, place.height);
      const moved = {
        x1: place.x + line.x1,
        y1: place.y + line.y1,
        x2: place.x + line.x2,
        y2: place.y + line.y2,
      };
      const spreadMethod = repeats ? 'repeat' : undefined;
      nodes.push(
        svgNode(
          'linearGradient',
          { id, gradientUnits: 'userSpaceOnUse', spreadMethod, ...moved },
          stops.map(({ colour, offset }) => {
            const { hex, alpha } = drawing.colour(colour);
            return svgNode('stop', {
              offset,
              'stop-color': hex,
              'stop-opacity': alpha < 1 ? alpha : undefined,
            });
          }),
        ),
        svgNode('rect', { ...place, fill: `url(#${id})` }),
      );
    }
  }
  return [...nodes, ...bordersOf(style, place, drawing)];
}

type SideName = 'top' | 'right' | 'bottom' | 'left';

/** Each side's line in the middle of its width; four equal ones follow the corners' radius. */
function bordersOf(
  style: CSSStyleDeclaration,
  { x, y, width, height, rx }: ReturnType<typeof placeOf>,
  drawing: Drawing,
): SvgNode[] {
  const sideOf = (side: SideName): Side => {
    const wide = Number.parseFloat(style.getPropertyValue(`border-${side}-width`));
    const kind = style.getPropertyValue(`border-${side}-style`);
    const { hex, alpha } = drawing.colour(style.getPropertyValue(`border-${side}-color`));
    const isDrawn = wide > 0 && kind !== 'none' && kind !== 'hidden' && alpha > 0;
    const dash = kind === 'dashed' ? `${3 * wide} ${2 * wide}` : `${wide} ${wide}`;
    return {
      wide: isDrawn ? wide : 0,
      look: {
        ...{ fill: 'none', stroke: hex, 'stroke-width': wide },
        'stroke-opacity': alpha < 1 ? alpha : undefined,
        'stroke-dasharray': kind === 'solid' ? undefined : dash,
      },
    };
  };
  const [top, right, bottom, left] = [
    sideOf('top'),
    sideOf('right'),
    sideOf('bottom'),
    sideOf('left'),
  ];
  const h = top.wide / 2;
  if (h > 0 && [right, bottom, left].every(({ look }) => same(look, top.look))) {
    const box = { x: x + h, y: y + h, width: width - 2 * h, height: height - 2 * h, rx };
    return [svgNode('rect', { ...box, ...top.look })];
  }
  const lines: [Side, string][] = [
    [top, `M${x} ${y + top.wide / 2}h${width}`],
    [right, `M${x + width - right.wide / 2} ${y}v${height}`],
    [bottom, `M${x} ${y + height - bottom.wide / 2}h${width}`],
    [left, `M${x + left.wide / 2} ${y}v${height}`],
  ];
  return lines.flatMap(([side, d]) =>
    side.wide > 0 ? [svgNode('path', { d, ...side.look })] : [],
  );
}

interface Side {
  readonly wide: number;
  readonly look: Record<string, AttributeValue>;
}

function same(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A text node's lines; a shadow in the ground's colour becomes an outline behind the letters. */
function written(node: Text, style: CSSStyleDeclaration, drawing: Drawing): SvgNode[] {
  if (node.data.trim() === '') return [];
  const shadow = /^(?:rgba?|oklch|color)\([^)]*\)/.exec(style.textShadow)?.[0];
  return linesOf(node, style).flatMap(({ text, left, baseline }) => {
    const place = {
      ...{ x: left - drawing.left, y: baseline - drawing.top },
      'font-family': style.fontFamily,
      'font-size': Number.parseFloat(style.fontSize),
      'font-style': style.fontStyle === 'normal' ? undefined : style.fontStyle,
      'font-weight': style.fontWeight === '400' ? undefined : style.fontWeight,
    };
    const letters = svgNode('text', { ...place, ...fillOf(style.color, drawing) }, [text]);
    if (shadow === undefined) return [letters];
    const { hex } = drawing.colour(shadow);
    const outline = { fill: 'none', stroke: hex, 'stroke-width': 3, 'stroke-linejoin': 'round' };
    return [svgNode('text', { ...place, ...outline }, [text]), letters];
  });
}
