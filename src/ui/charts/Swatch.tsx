import type { ReactNode } from 'react';
import styles from './charts.module.css';

interface SwatchProps {
  readonly kind: 'line' | 'bar' | 'dot';
  /** A custom property of tokens.css: var(--forward) */
  readonly colour: string;
  /** Of a line: SVG dash array */
  readonly dash?: string;
}

/** How something is drawn, before its name in a legend. */
export function Swatch({ kind, colour, dash }: SwatchProps): ReactNode {
  const width = kind === 'line' ? 16 : 8;
  return (
    <svg className={styles.swatch} width={width} height="8" aria-hidden="true">
      {kind === 'line' && (
        <path d={`M0 4H${width}`} stroke={colour} strokeWidth="2.5" strokeDasharray={dash} />
      )}
      {kind === 'bar' && <rect width="8" height="8" rx="1" fill={colour} />}
      {kind === 'dot' && <circle cx="4" cy="4" r="3" fill={colour} />}
    </svg>
  );
}
