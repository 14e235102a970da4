import { formatCount } from '../format';
import { parseMath } from '../MathText';
import { signWidth, type LegendKey, type Sign } from '../Swatch';
import { centreOf, timeTicks, type TimeScale } from '../timeScale';
import { mathSpans, mathWidth, wrappedMath, type Measure, type TextStyle } from './mathLines';
import { svgNode, type SvgNode } from './svgNode';

/** Fonts and colours of the page as it is shown, resolved to what any program understands. */
export interface FigureStyle {
  readonly font: string;
  readonly mono: string;
  readonly paper: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly line: string;
}

/** What colours mean, as a bar beside the plot. */
export interface ColourLegend {
  /** From the bottom to the top, evenly spread */
  readonly colours: readonly string[];
  /** 0 at the bottom, 1 at the top */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** One drawing with what is written around it. Texts have MathText's markup. */
export interface FigurePanel {
  /** '' for a drawing that belongs to the one above it */
  readonly title: string;
  /** Beside the title, quieter */
  readonly note?: string;
  /** The key number, at the right */
  readonly aside?: string;
  /** What is drawn how, where the drawing does not say so itself */
  readonly keys?: readonly LegendKey[];
  readonly yName?: string;
  readonly xName?: string;
  readonly width: number;
  readonly height: number;
  /** Drawn from the plot's top left corner */
  readonly content: readonly SvgNode[];
  /** A plot without axes of its own gets a frame. */
  readonly isFramed: boolean;
  readonly isOnTimeAxis: boolean;
  readonly legend: ColourLegend | null;
}

export interface Figure {
  readonly panels: readonly FigurePanel[];
  /** Steps of the shared axis, drawn below the last panel on it */
  readonly steps: Pick<TimeScale, 'from' | 'to'> | null;
  readonly timeName: string;
  /** Parts of the line at the bottom */
  readonly caption: readonly string[];
}

export interface LaidOut {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly SvgNode[];
}

const PADDING = 16;
const GAP = 12;
const TITLE: TextStyle = { size: 13, weight: 600 };
const NOTE: TextStyle = { size: 12 };
const ASIDE: TextStyle = { size: 11.5, mono: true };
const SMALL: TextStyle = { size: 11 };
const LABEL: TextStyle = { size: 11, mono: true };
const LINE = 1.4;
const RADIUS = 5;
const BAR = { gap: 10, width: 10, room: 74 } as const;
const AXIS = 20;
/** Between a sign and its name */
const KEY_GAP = 4;

/** Puts titles, plots, legends, the axis and the caption under one another. */
export function laidOut(figure: Figure, style: FigureStyle, measure: Measure): LaidOut {
  const { panels, steps, caption } = figure;
  const plot = Math.max(...panels.map(({ width }) => width));
  const hasLegend = panels.some(({ legend }) => legend !== null);
  const inner = plot + (hasLegend ? BAR.room : 0);
  const nodes: SvgNode[] = [];
  const pen = new Pen(nodes, style, measure);
  const lastOnAxis = panels.findLastIndex(({ isOnTimeAxis }) => isOnTimeAxis);
  let y = PADDING;
  panels.forEach((panel, i) => {
    if (i > 0) y += GAP;
    y = pen.head(panel, PADDING, y, panel.width);
    nodes.push(...framed(panel, PADDING, y, style));
    if (panel.legend !== null) {
      pen.bar(panel.legend, i, PADDING + panel.width + BAR.gap, y, panel.height);
    }
    y += panel.height;
    if (i === lastOnAxis && steps !== null) {
      pen.axis({ ...steps, width: panel.width }, PADDING, y);
      y += AXIS;
      y = pen.centred(figure.timeName, PADDING + panel.width / 2, y);
    }
    if (panel.xName !== undefined) y = pen.centred(panel.xName, PADDING + panel.width / 2, y);
  });
  y += GAP;
  nodes.push(svgNode('path', { d: `M${PADDING} ${y}h${inner}`, stroke: style.line, fill: 'none' }));
  y += 6;
  for (const line of filledLines(caption, inner, measure)) {
    y = pen.lines(line, PADDING, y, inner, SMALL, style.inkSoft);
  }
  return { width: inner + 2 * PADDING, height: Math.ceil(y + PADDING - 4), nodes };
}

/** Parts side by side as far as they fit: a part is not torn apart where a line ends. */
function filledLines(parts: readonly string[], width: number, measure: Measure): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const joined = lines.length === 0 ? part : `${lines[lines.length - 1]} · ${part}`;
    if (lines.length > 0 && mathWidth(parseMath(joined), SMALL, measure) > width) lines.push(part);
    else lines.splice(-1, 1, joined);
  }
  return lines;
}

function framed(panel: FigurePanel, x: number, y: number, style: FigureStyle): SvgNode[] {
  const { width, height, content, isFramed } = panel;
  const group = svgNode('g', { transform: `translate(${x} ${y})` }, content);
  if (!isFramed) return [group];
  const box = { x: x - 0.5, y: y - 0.5, width: width + 1, height: height + 1, rx: RADIUS };
  return [group, svgNode('rect', { ...box, fill: 'none', stroke: style.line })];
}

/** A sign as the page's legends draw it, from its upper left corner. */
function signOf(sign: Sign): SvgNode[] {
  const width = signWidth(sign);
  switch (sign.kind) {
    case 'line': {
      const look = { stroke: sign.colour, 'stroke-width': 2.25, 'stroke-dasharray': sign.dash };
      return [svgNode('path', { d: `M0 4h${width}`, ...look })];
    }
    case 'bar':
      return [svgNode('rect', { width, height: 8, rx: 1, fill: sign.colour })];
    case 'dot':
      return [svgNode('circle', { cx: 4, cy: 4, r: 3, fill: sign.colour })];
    case 'heat': {
      const part = width / sign.colours.length;
      return sign.colours.map((fill, i) =>
        svgNode('rect', { x: i * part, width: part, height: 8, fill }),
      );
    }
  }
}

/** Writes and draws what is around the plots. */
class Pen {
  constructor(
    readonly nodes: SvgNode[],
    readonly style: FigureStyle,
    readonly measure: Measure,
  ) {}

  /** @param y the baseline */
  text(
    parts: ReturnType<typeof parseMath>,
    x: number,
    y: number,
    text: TextStyle,
    fill: string,
    anchor?: 'middle' | 'end',
  ): void {
    this.nodes.push(
      svgNode(
        'text',
        {
          ...{ x, y, fill },
          'font-family': text.mono === true ? this.style.mono : this.style.font,
          'font-size': text.size,
          'font-weight': text.weight,
          'text-anchor': anchor,
          // Spaces beside an index are lost in some programs otherwise.
          'xml:space': 'preserve',
        },
        mathSpans(parts, text.size),
      ),
    );
  }

  /** Lines from the top `y` on; returns where they end. */
  lines(text: string, x: number, y: number, width: number, style: TextStyle, fill: string): number {
    const height = style.size * LINE;
    const lines = wrappedMath(text, width, style, this.measure);
    lines.forEach((line, i) => this.text(line, x, y + i * height + style.size, style, fill));
    return y + lines.length * height;
  }

  centred(text: string, x: number, y: number): number {
    this.text(parseMath(text), x, y + SMALL.size, SMALL, this.style.inkSoft, 'middle');
    return y + SMALL.size * LINE;
  }

  /** Title, note and key number: on one line where there is room. */
  head(panel: FigurePanel, x: number, y: number, width: number): number {
    const { title, note = '', aside = '', keys = [], yName } = panel;
    if (title === '') return y;
    const { ink, inkSoft } = this.style;
    const parts = parseMath(title);
    const taken = mathWidth(parts, TITLE, this.measure);
    const noteWidth = mathWidth(parseMath(note), NOTE, this.measure);
    const asideWidth = mathWidth(parseMath(aside), ASIDE, this.measure);
    const isOneLine = taken + GAP + noteWidth + GAP + asideWidth <= width;
    const asideLeft = x + width;
    let bottom: number;
    if (isOneLine) {
      const base = y + TITLE.size;
      this.text(parts, x, base, TITLE, ink);
      if (note !== '') this.text(parseMath(note), x + taken + GAP, base, NOTE, inkSoft);
      if (aside !== '') this.text(parseMath(aside), asideLeft, base, ASIDE, inkSoft, 'end');
      bottom = y + TITLE.size * LINE;
    } else {
      bottom = this.lines(title, x, y, width, TITLE, ink);
      if (note !== '' || aside !== '') {
        const end = this.lines(note, x, bottom, width - asideWidth - GAP, NOTE, inkSoft);
        const base = bottom + NOTE.size;
        if (aside !== '') this.text(parseMath(aside), asideLeft, base, ASIDE, inkSoft, 'end');
        bottom = Math.max(end, bottom + NOTE.size * LINE);
      }
    }
    if (keys.length > 0) bottom = this.keys(keys, x, bottom, width);
    if (yName !== undefined) bottom = this.lines(yName, x, bottom, width, SMALL, inkSoft);
    return bottom + 3;
  }

  /** Signs with their names, side by side as far as they fit; returns where they end. */
  keys(keys: readonly LegendKey[], x: number, y: number, width: number): number {
    const height = NOTE.size * LINE;
    let [left, top] = [x, y];
    for (const key of keys) {
      const parts = key.isPlain
        ? [{ kind: 'plain' as const, text: key.text }]
        : parseMath(key.text);
      const room = signWidth(key) + KEY_GAP + mathWidth(parts, NOTE, this.measure);
      if (left > x && left + room > x + width) [left, top] = [x, top + height];
      const base = top + NOTE.size;
      this.nodes.push(svgNode('g', { transform: `translate(${left} ${base - 8})` }, signOf(key)));
      this.text(parts, left + signWidth(key) + KEY_GAP, base, NOTE, this.style.inkSoft);
      left += room + GAP;
    }
    return top + height;
  }

  /** The ticks of the shared axis, below the plot. */
  axis(scale: TimeScale, x: number, y: number): void {
    const { inkSoft } = this.style;
    for (const t of timeTicks(scale, 64)) {
      const at = centreOf(scale, t);
      this.nodes.push(svgNode('path', { d: `M${x + at} ${y + 1}v4`, stroke: inkSoft }));
      this.text(parseMath(formatCount(t)), x + at, y + 5 + LABEL.size, LABEL, inkSoft, 'middle');
    }
  }

  /** A colour bar with its values. */
  bar(legend: ColourLegend, index: number, x: number, y: number, height: number): void {
    const { colours, ticks } = legend;
    const id = `legend${index}`;
    const last = Math.max(1, colours.length - 1);
    const stops = colours.map((colour, i) =>
      svgNode('stop', { offset: i / last, 'stop-color': colour }),
    );
    const ends = { x1: 0, y1: 1, x2: 0, y2: 0 };
    const box = { x, y, width: BAR.width, height, rx: 2 };
    this.nodes.push(
      svgNode('linearGradient', { id, ...ends }, stops),
      svgNode('rect', { ...box, fill: `url(#${id})`, stroke: this.style.line }),
    );
    let free = Infinity;
    for (const { at, text } of [...ticks].sort((a, b) => a.at - b.at)) {
      const tick = y + (1 - at) * height;
      const base = Math.min(y + height, Math.max(y + 0.75 * LABEL.size, tick + 0.36 * LABEL.size));
      if (base > free) continue;
      free = base - LABEL.size * 1.15;
      this.text(parseMath(text), x + BAR.width + 5, base, LABEL, this.style.inkSoft);
    }
  }
}
