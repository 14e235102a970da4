import { BpttError } from '../../../model/errors';
import { createColourReader } from './colours';
import { textPen } from './domText';
import { drawElement } from './domToSvg';
import { laidOut, type FigurePanel, type FigureStyle } from './figure';
import type { Measure } from './mathLines';
import { annotatedPng } from './png';
import type { PanelSource } from './sources';
import { PROGRAM, svgDocument, textsOf, type Provenance } from './svgDocument';
import { svgNode } from './svgNode';
import type { TimeScale } from '../timeScale';

/** Pixels of a PNG to a CSS pixel, whatever screen it is made on */
export const RATIO = 2;

export interface PictureSource {
  readonly panels: readonly PanelSource[];
  readonly steps: Pick<TimeScale, 'from' | 'to'> | null;
  readonly timeName: string;
}

/** The picture as an SVG file, in the theme the page is shown in. */
export function svgPicture(
  { panels, steps, timeName }: PictureSource,
  provenance: Provenance,
): { readonly text: string; readonly width: number; readonly height: number } {
  const style = pageStyle();
  const newId = idMaker();
  const figure = {
    panels: panels.map((panel) => drawnPanel(withPaint(panel), newId)),
    ...{ steps, timeName, caption: [...provenance.caption, PROGRAM] },
  };
  const laid = laidOut(figure, style, measured(style));
  const lang = document.documentElement.lang;
  const { width, height } = laid;
  return { text: svgDocument(laid, style.paper, provenance, lang), width, height };
}

function idMaker(): () => string {
  let last = 0;
  return () => `e${++last}`;
}

/** Its keys in colours that any program understands */
function withPaint(panel: PanelSource): PanelSource {
  if (panel.keys === undefined) return panel;
  const paint = createPaint();
  const keys = panel.keys.map((key) =>
    key.kind === 'heat' ? key : { ...key, colour: paint(key.colour) },
  );
  return { ...panel, keys };
}

function drawnPanel(source: PanelSource, newId: () => string): FigurePanel {
  const { element, over, zoom = 1, ...panel } = source;
  const { left, top, width, height } = element.getBoundingClientRect();
  const options = { corner: { left, top }, ratio: RATIO * zoom, newId };
  const content = drawElement(element, options);
  const layer = over === undefined || over === null ? [] : drawElement(over, options);
  if (layer.length > 0) {
    const id = newId();
    content.push(
      svgNode('clipPath', { id }, [svgNode('rect', { width, height })]),
      svgNode('g', { 'clip-path': `url(#${id})` }, layer),
    );
  }
  if (zoom === 1) return { ...panel, width, height, content };
  const enlarged = svgNode('g', { transform: `scale(${zoom})` }, content);
  return { ...panel, width: zoom * width, height: zoom * height, content: [enlarged] };
}

function pageStyle(): FigureStyle {
  const page = getComputedStyle(document.documentElement);
  const paint = createPaint();
  return {
    font: page.getPropertyValue('--font').trim(),
    mono: page.getPropertyValue('--font-mono').trim(),
    paper: paint('var(--panel)'),
    ink: paint('var(--ink)'),
    inkSoft: paint('var(--ink-soft)'),
    line: paint('var(--line)'),
  };
}

/** A token may be a mixture or a colour of the system: an element that has it knows what it is. */
function createPaint(): (css: string) => string {
  const colour = createColourReader();
  return (css) => {
    const probe = document.body.appendChild(document.createElement('span'));
    probe.style.color = css;
    const { hex } = colour(getComputedStyle(probe).color);
    probe.remove();
    return hex;
  };
}

function measured(style: FigureStyle): Measure {
  const pen = textPen();
  return (text, { size, weight = 400, italic = false, mono = false }) => {
    const family = mono ? style.mono : style.font;
    pen.font = `${italic ? 'italic ' : ''}${weight} ${size}px ${family}`;
    return pen.measureText(text).width;
  };
}

/** The same picture as a PNG file of RATIO pixels to a CSS pixel, with link and configuration inside. */
export async function pngPicture(
  source: PictureSource,
  provenance: Provenance,
): Promise<Uint8Array<ArrayBuffer>> {
  const { text, width, height } = svgPicture(source, provenance);
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width, height);
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * RATIO);
    canvas.height = Math.round(height * RATIO);
    const context = canvas.getContext('2d');
    if (context === null) throw noPicture('there is no 2d canvas');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    // Safari decodes the pictures inside a picture only once that is drawn.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob === null) throw noPicture(`it is too large (${canvas.width} × ${canvas.height})`);
    const { title, description, link, configuration } = textsOf(provenance);
    return annotatedPng(new Uint8Array(await blob.arrayBuffer()), RATIO, [
      { keyword: 'Title', text: title },
      { keyword: 'Description', text: description },
      { keyword: 'Software', text: PROGRAM },
      ...(link === null ? [] : [{ keyword: 'Link', text: link }]),
      { keyword: 'Configuration', text: configuration },
    ]);
  } finally {
    URL.revokeObjectURL(address);
  }
}

function noPicture(reason: string): BpttError {
  return new BpttError(
    'export-failed',
    '',
    `The browser made no picture: ${reason}. Save it as SVG instead.`,
  );
}
