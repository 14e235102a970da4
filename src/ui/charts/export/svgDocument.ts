import { plainMath } from '../MathText';
import type { LaidOut } from './figure';
import { svgNode, toXml } from './svgNode';

/** What a file says about itself, beside the picture. */
export interface Provenance {
  readonly title: string;
  /** Parts of the caption */
  readonly caption: readonly string[];
  /** The address that opens the same page; null where the user's own data do not fit an address */
  readonly link: string | null;
  readonly configuration: object;
}

export const PROGRAM = 'BPTT Playground';

/** Title, caption, link and configuration as texts, the same in every kind of file. */
export function textsOf({ title, caption, link, configuration }: Provenance) {
  return {
    title: plainMath(title),
    description: caption.map(plainMath).join(' · '),
    link,
    configuration: JSON.stringify(configuration),
  };
}

/**
 * A whole file: nothing in it refers to anything outside. `lang` decides which of the characters that
 * Chinese and Japanese share are drawn.
 */
export function svgDocument(
  { width, height, nodes }: LaidOut,
  paper: string,
  provenance: Provenance,
  lang: string,
): string {
  const { title, description, link, configuration } = textsOf(provenance);
  const metadata = `{"program":${JSON.stringify(PROGRAM)},"link":${JSON.stringify(link)},"configuration":${configuration}}`;
  return toXml(
    svgNode(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        // Pictures inside are referred to in the old way: programs that know only the new one are rarer.
        'xmlns:xlink': 'http://www.w3.org/1999/xlink',
        'xml:lang': lang,
        ...{ width, height, viewBox: `0 0 ${width} ${height}` },
      },
      [
        svgNode('title', {}, [title]),
        svgNode('desc', {}, [description]),
        svgNode('metadata', {}, [metadata]),
        svgNode('rect', { width, height, fill: paper }),
        ...nodes,
      ],
    ),
  );
}
