import type { ReactNode } from 'react';
import styles from './charts.module.css';

/** How something is drawn, before its name in a legend. */
export type Sign =
  | {
      readonly kind: 'line' | 'bar' | 'dot';
      /** A custom property of tokens.css: var(--forward) */
      readonly colour: string;
      /** Of a line: SVG dash array */
      readonly dash?: string;
    }
  | {
      readonly kind: 'heat';
      /** Some of the map's own, as any program understands them */
      readonly colours: readonly string[];
    };

/** An entry of a legend. */
export type LegendKey = Sign & {
  readonly text: string;
  /** Somebody's own words, in which nothing is markup */
  readonly isPlain?: true;
};

/** Width of a sign in CSS pixels; 8 high. Dashes need some length to be told apart. */
export function signWidth(sign: Sign): number {
  if (sign.kind === 'heat') return 16;
  if (sign.kind === 'line') return sign.dash === undefined ? 16 : 24;
  return 8;
}

export function Swatch(sign: Sign): ReactNode {
  const width = signWidth(sign);
  return (
    <svg className={styles.swatch} width={width} height="8" aria-hidden="true">
      <Drawing {...sign} />
    </svg>
  );
}

function Drawing(sign: Sign): ReactNode {
  switch (sign.kind) {
    case 'line':
      return (
        <path
          d={`M0 4H${signWidth(sign)}`}
          stroke={sign.colour}
          strokeWidth="2.5"
          strokeDasharray={sign.dash}
        />
      );
    case 'bar':
      return <rect width="8" height="8" rx="1" fill={sign.colour} />;
    case 'dot':
      return <circle cx="4" cy="4" r="3" fill={sign.colour} />;
    case 'heat': {
      const width = signWidth(sign) / sign.colours.length;
      return sign.colours.map((colour, i) => (
        <rect key={i} x={i * width} width={width} height="8" fill={colour} />
      ));
    }
  }
}
