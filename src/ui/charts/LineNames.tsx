import type { ReactNode } from 'react';
import { freestPlace, type Box } from './labelPlaces';
import { BOTTOM, LEFT, MARGIN, type ReferenceLevel } from './lineAxis';
import styles from './LineChart.module.css';
import { plainMath } from './MathText';
import { labelWidth } from './textWidth';

interface LineNamesProps {
  readonly references: readonly ReferenceLevel[];
  readonly mark: number | null;
  readonly markName: string | undefined;
  /** Values at the lower and the upper edge, and at both ends */
  readonly domain: readonly [number, number];
  readonly xDomain: readonly [number, number];
  readonly width: number;
  readonly height: number;
}

const HEIGHT = 14;
const PADDING = 3;
/** Between a name and its line */
const GAP = 2;

/** Names of the lines that are no series: over the curves, on the ground of the panel. */
export function LineNames(props: LineNamesProps): ReactNode {
  const { width, height } = props;
  return (
    <svg className={styles.names} width={width} height={height} aria-hidden="true">
      {placed(props).map(({ name, box }) => (
        <g key={name} transform={`translate(${box.left.toFixed(1)} ${box.top.toFixed(1)})`}>
          <rect width={box.width} height={HEIGHT} rx="3" />
          <text x={PADDING} y={HEIGHT - 3.5}>
            {name}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** Each at the right end of its line, above or below it, where no other name is. */
function placed(props: LineNamesProps): { readonly name: string; readonly box: Box }[] {
  const { references, mark, markName, domain, xDomain, width, height } = props;
  const right = width - MARGIN.right;
  const bottom = height - BOTTOM - MARGIN.bottom;
  const taken: Box[] = [];
  const names: { name: string; box: Box }[] = [];
  const put = (text: string, corners: (wide: number) => readonly (readonly [number, number])[]) => {
    const name = plainMath(text);
    const wide = labelWidth(name, 'font-mono') + 2 * PADDING;
    const places = corners(wide)
      .map(([left, top]) => ({ left, top, width: wide, height: HEIGHT }))
      .filter(({ left, top }) => left >= 0 && top >= 0 && top + HEIGHT <= bottom);
    const box = freestPlace(places, taken, []);
    if (box === null) return;
    taken.push(box);
    names.push({ name, box });
  };
  if (mark !== null && markName !== undefined) {
    const part = (mark - xDomain[0]) / (xDomain[1] - xDomain[0] || 1);
    const x = LEFT + part * (right - LEFT);
    put(markName, (wide) => [
      [x - wide - GAP, MARGIN.top],
      [Math.min(x + GAP, width - wide), MARGIN.top],
    ]);
  }
  for (const { name, value } of references) {
    const part = (domain[1] - value) / (domain[1] - domain[0]);
    const y = MARGIN.top + part * (bottom - MARGIN.top);
    put(name, (wide) => [
      [right - wide, y - HEIGHT - GAP],
      [right - wide, y + GAP],
      [LEFT + GAP, y - HEIGHT - GAP],
      [LEFT + GAP, y + GAP],
    ]);
  }
  return names;
}
